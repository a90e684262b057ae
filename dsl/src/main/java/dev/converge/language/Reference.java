package dev.converge.language;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Edge;
import dev.converge.model.ResourceId;
import java.util.List;

/** Names resources or composites that are declared somewhere in the site: {@code pkg['nginx']}, or what a declaration returns. */
public final class Reference implements Target {
    private final Evaluation evaluation;
    private final List<ResourceId> ids;
    private final SourceRange at;

    Reference(Evaluation evaluation, List<ResourceId> ids, SourceRange at) {
        this.evaluation = evaluation;
        this.ids = List.copyOf(ids);
        this.at = at;
    }

    /** What all of these name, standing where this one stands. */
    Reference with(List<Reference> references) {
        List<ResourceId> all =
                references.stream().flatMap(reference -> reference.ids.stream()).toList();
        return new Reference(evaluation, all, at);
    }

    List<ResourceId> ids() {
        return ids;
    }

    SourceRange at() {
        return at;
    }

    @Override
    public Reference reference() {
        return this;
    }

    <T extends Target> T chain(T next, boolean notify) {
        evaluation.link(this, next.reference(), notify ? Edge.Kind.NOTIFY : Edge.Kind.ORDER, notify ? ">>>" : ">>");
        return next;
    }

    @Override
    public String toString() {
        return ids.size() == 1 ? ids.get(0).toString() : ids.toString();
    }
}
