package dev.converge.provider;

/** What a change does to the resource as a whole. */
public enum Action {
    CREATE,
    UPDATE,
    DELETE
}
