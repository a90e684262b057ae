package dev.converge.agent;

import dev.converge.model.ResourceId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What the loop of the agent is woken for. */
sealed interface Wish {
    /** End. */
    record Stop() implements Wish {}

    /** Read the settings anew. */
    record Reload() implements Wish {}

    /** Look again whether the agent may do anything. */
    record Look() implements Wish {}

    /** Run now, and tell what came of it: a document for programs. */
    record Ask(CompletableFuture<Answer> answer) implements Wish {}

    /**
     * The host has moved.
     *
     * @param moved which resources may have; all when empty
     * @param noticed when the first event came
     */
    record Drift(Optional<Set<ResourceId>> moved, Instant noticed) implements Wish {}
}
