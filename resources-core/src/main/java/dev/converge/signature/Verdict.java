package dev.converge.signature;

/** What looking at a signature came to. */
public sealed interface Verdict {
    /** Signed by one of those who may. */
    record Trusted(String signer) implements Verdict {}

    /**
     * Not signed, or not so that it counts.
     *
     * @param found what was found instead, a clause such as {@code "it is not signed"}
     * @param advice what to do about it
     */
    record Untrusted(String found, String advice) implements Verdict {}
}
