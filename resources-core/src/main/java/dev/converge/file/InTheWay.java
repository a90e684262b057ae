package dev.converge.file;

/** What to do about something that is where a resource is to be, and that goes only if that is said. */
final class InTheWay {
    static final String FORCE = "Give force true if it may go.";
    static final String BY_HAND = "Remove it by hand if it may go.";

    private InTheWay() {}
}
