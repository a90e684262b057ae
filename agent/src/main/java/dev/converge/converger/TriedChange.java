package dev.converge.converger;

import dev.converge.model.Resource;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sums up what several tries of one resource have changed, as a report tells it. */
final class TriedChange {
    private TriedChange() {}

    /**
     * From what was found before the first try to what the last one has made of it.
     *
     * @param last empty when the tries before have left nothing to change
     */
    static <R extends Resource> Change<R> whole(Change<R> first, Optional<Change<R>> last) {
        List<AttributeChange> all = new ArrayList<>(first.attributes());
        if (last.isPresent()) {
            for (AttributeChange one : last.get().attributes()) {
                if (!first.names(one.attribute().name())) {
                    all.add(one);
                }
            }
        }
        return new Change<>(first.declared(), first.action(), first.before(), all, first.edits());
    }
}
