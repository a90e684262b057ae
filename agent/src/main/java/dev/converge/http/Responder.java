package dev.converge.http;

import java.util.function.Consumer;

/** Answers what clients ask. */
public interface Responder {
    /**
     * Is called by a thread that has other clients too, so it never waits: what takes time answers later, from a thread of
     * its own.
     *
     * @param to takes the answer, once
     */
    void answer(Asked asked, Consumer<Reply> to);

    /** Is told of a client that was refused before there was anything to answer. It does not wait either. */
    void refused(Refused refused);
}
