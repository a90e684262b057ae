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
}
