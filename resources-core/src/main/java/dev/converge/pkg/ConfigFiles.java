package dev.converge.pkg;

/** What becomes of a configuration file that was changed on the host when its package brings a new one. */
public enum ConfigFiles {
    KEEP,
    REPLACE
}
