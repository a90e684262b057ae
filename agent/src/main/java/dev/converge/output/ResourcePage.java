package dev.converge.output;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Durations;
import dev.converge.model.Edge;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.model.TurnRules;
import dev.converge.model.Window;
import dev.converge.schema.GivenAttribute;
import dev.converge.schema.Parsing;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import dev.converge.schema.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One resource of a catalog: where it comes from, what it holds, and what it is ordered with, and why. */
public final class ResourcePage {
    private final Catalog catalog;
    private final TypeRegistry types;
    private final TextReport.SourceLines lines;
    private final Style style;

    public ResourcePage(Catalog catalog, TypeRegistry types, TextReport.SourceLines lines, Style style) {
        this.catalog = catalog;
        this.types = types;
        this.lines = lines;
        this.style = style;
    }

    /** The whole page. */
    public <R extends Resource> String of(Declared<R> declared) {
        StringBuilder out = new StringBuilder(style.bold(declared.id().toString()));
        out.append("   ").append(style.dim(declared.source().toString())).append('\n');
        excerpt(declared.source(), out);
        out.append('\n');
        out.append(Table.of(about(declared), style));
        ResourceId id = declared.id();
        List<Edge> in =
                catalog.edges().stream().filter(edge -> edge.to().equals(id)).toList();
        List<Edge> after =
                catalog.edges().stream().filter(edge -> edge.from().equals(id)).toList();
        edges("Comes after", in, Edge::from, out);
        edges("Comes before", after, Edge::to, out);
        return out.toString();
    }

    private void excerpt(SourceRange at, StringBuilder out) {
        lines.of(at.file())
                .filter(all -> at.line() >= 1 && at.line() <= all.size())
                .ifPresent(all -> out.append("\n    ")
                        .append(style.dim(at.line() + " | "))
                        .append(all.get(at.line() - 1))
                        .append('\n'));
    }

    private <R extends Resource> Map<String, String> about(Declared<R> declared) {
        TypeSchema<R> schema = types.get(declared.id().type());
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("ensure", Parsing.spelling(declared.ensure()));
        for (GivenAttribute given : GivenAttribute.of(schema, declared)) {
            rows.put(given.attribute().name(), Values.display(given.value()));
        }
        if (!declared.policy().tags().isEmpty()) {
            rows.put("tags", String.join(", ", declared.policy().tags()));
        }
        rules(declared.policy().rules(), rows);
        return rows;
    }

    private static void rules(TurnRules rules, Map<String, String> rows) {
        rules.noop().ifPresent(noop -> rows.put("noop", noop.toString()));
        rules.timeout().ifPresent(timeout -> rows.put("turn timeout", Durations.format(timeout)));
        rules.retries().ifPresent(retries -> rows.put("retries", retries.toString()));
        rules.retryDelay().ifPresent(delay -> rows.put("retryDelay", Durations.format(delay)));
        if (!rules.windows().isEmpty()) {
            rows.put("window", rules.windows().stream().map(Window::toString).collect(Collectors.joining(", ")));
        }
        rules.onDrift().ifPresent(word -> rows.put("onDrift", Parsing.spelling(word)));
    }

    private void edges(String title, List<Edge> edges, Function<Edge, ResourceId> other, StringBuilder out) {
        if (edges.isEmpty()) {
            return;
        }
        out.append('\n').append(style.bold(title)).append('\n');
        for (Edge edge : edges) {
            String refreshes = edge.kind() == Edge.Kind.NOTIFY ? ", and a change refreshes" : "";
            out.append("  ").append(other.apply(edge)).append("   ");
            out.append(style.dim(edge.why() + refreshes)).append('\n');
        }
    }
}
