package dev.converge.diagnostic;

import java.util.Locale;

/** The kinds of problems, stable across releases: programs match on these, people read {@link Diagnostic#summary()}. */
public enum Code {
    SYNTAX,
    RESERVED_WORD,
    UNKNOWN_TYPE,
    UNKNOWN_ATTRIBUTE,
    UNKNOWN_NAME,
    WRONG_TYPE,
    MISSING_ATTRIBUTE,
    BAD_VALUE,
    CONFLICTING_ATTRIBUTES,
    ASSIGNMENT,
    NESTED_RESOURCE,
    FORBIDDEN,
    DUPLICATE_RESOURCE,
    UNKNOWN_REFERENCE,
    POLICY,
    CYCLE,
    TEMPLATE,
    SITE_FILE,
    ENCRYPTED,
    MODULE,
    SOURCE,
    UNTRUSTED,
    RUNTIME_ERROR,
    TIME_LIMIT,
    TOO_LARGE,
    FACTS,
    DATA,
    UNKNOWN_KEY,
    USAGE,
    BUG,
    STATE,
    RUN_IN_PROGRESS,
    PLAN,
    FLAPPING,
    UNFINISHED_RUN,
    TARGET,
    RESOURCE_FAILED;

    /** The spelling in JSON and on the screen, such as {@code unknown-attribute}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
