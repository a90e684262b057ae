package dev.converge.file;

/** What a file does when there is a symbolic link at its path. */
public enum Links {
    /** The file that the link leads to is managed, and the link stays. */
    FOLLOW,
    /** The link is replaced by a file. */
    REPLACE
}
