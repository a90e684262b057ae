package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Reason;
import dev.converge.model.ResourceId;
import dev.converge.schema.TypeSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks up what the author's orders name; an order that names a composite becomes one for each resource in it. */
final class OrderResolution {
    private final Evaluation evaluation;
    private final Map<ResourceId, Declared<?>> declared = new TreeMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();
    private final Set<Diagnostic> problems = new LinkedHashSet<>();

    private OrderResolution(Evaluation evaluation) {
        this.evaluation = evaluation;
        evaluation.declared().forEach(resource -> declared.put(resource.id(), resource));
    }

    /** The edges; what names nothing is reported to the evaluation. */
    static List<Edge> resolve(Evaluation evaluation) {
        OrderResolution resolution = new OrderResolution(evaluation);
        evaluation.orders().forEach(resolution::add);
        resolution.problems.forEach(evaluation::report);
        return new ArrayList<>(resolution.edges);
    }

    private void add(WrittenOrder order) {
        for (ResourceId first : order.first().ids()) {
            for (ResourceId second : order.second().ids()) {
                if (exists(first, order.first()) & exists(second, order.second())) {
                    connect(first, second, order);
                }
            }
        }
    }

    private void connect(ResourceId first, ResourceId second, WrittenOrder order) {
        Composites composites = evaluation.composites();
        Reason why = composites.isComposite(first)
                ? new Reason.Containment(first, order.word(), order.at())
                : composites.isComposite(second)
                        ? new Reason.Containment(second, order.word(), order.at())
                        : new Reason.Written(order.word(), order.at());
        for (ResourceId from : resources(first)) {
            for (ResourceId to : resources(second)) {
                edges.add(new Edge(from, to, order.kind(), why));
            }
        }
    }

    private List<ResourceId> resources(ResourceId id) {
        return evaluation.composites().isComposite(id) ? evaluation.composites().resourcesOf(id) : List.of(id);
    }

    private boolean exists(ResourceId id, Reference reference) {
        if (declared.containsKey(id) || evaluation.composites().isComposite(id)) {
            return true;
        }
        if (evaluation.isRefused(id)) {
            return false;
        }
        Set<String> names = new TreeSet<>();
        declared.keySet().stream()
                .filter(other -> other.type().equals(id.type()))
                .forEach(other -> names.add(other.name()));
        problems.add(
                Diagnostic.error(Code.UNKNOWN_REFERENCE, "Reference to nothing", id + " is not declared for this host.")
                        .at(reference.at())
                        .suggest(Suggestions.nearest(id.name(), names)
                                .map(name -> "Did you mean " + id.type() + "['" + name + "']?")
                                .or(() -> parts(id))));
        return false;
    }

    /** How a name of several parts is written in a reference, where it looks as if that were not known. */
    private Optional<String> parts(ResourceId id) {
        return evaluation
                .nameParts(id.type())
                .filter(parts -> !id.name().contains(TypeSchema.NAME_SEPARATOR))
                .map(parts -> NameProblems.a(id.type()) + " is referred to by its name in one text: " + id.type() + "['"
                        + String.join(TypeSchema.NAME_SEPARATOR, parts) + "'].");
    }
}
