package dev.converge.install;

/** When the servers of modules are asked. */
public enum Fetching {
    /** For what the lock does not say, and for what the cache lacks. */
    WHAT_IS_MISSING,
    /** For everything: the newest that the list allows replaces what the lock says. */
    UPDATE,
    /** Never: all has to be in the cache. */
    OFFLINE
}
