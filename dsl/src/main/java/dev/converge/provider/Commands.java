package dev.converge.provider;

import java.io.IOException;

/** Runs programs on a host, each with a time limit, in a process group of its own, and with bounded output. */
public interface Commands {
    /**
     * Runs a program and waits for its end. Children that outlive it and hold its output open are not waited for; at
     * the time limit the whole process group is killed.
     *
     * @throws ResourceFailure when its program or its working directory does not exist, or its account cannot be taken
     * @throws IOException when the program cannot be started
     */
    CommandResult run(Command command) throws IOException, InterruptedException;

    /**
     * Fails as {@link #run} would before it starts the program. Changes nothing.
     *
     * @throws ResourceFailure when its program or its working directory does not exist, or its account cannot be taken
     */
    default void check(Command command) throws IOException, InterruptedException {}
}
