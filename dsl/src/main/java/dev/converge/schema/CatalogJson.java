package dev.converge.schema;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Durations;
import dev.converge.model.Edge;
import dev.converge.model.Reason;
import dev.converge.model.Resource;
import dev.converge.model.TurnRules;
import dev.converge.model.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A catalog for programs, as {@code docs/catalog.md} describes it; secrets are masked. */
public final class CatalogJson {
    /** Which form the document has; a change that old readers would misread makes it another one. */
    public static final String SCHEMA = "converge.catalog/1";

    private CatalogJson() {}

    /** The whole document, for {@link JsonText}. */
    public static Map<String, Object> of(Catalog catalog, TypeRegistry types) {
        List<Object> resources = new ArrayList<>();
        catalog.resources().forEach(declared -> resources.add(resource(declared, types)));
        List<Object> edges = new ArrayList<>();
        catalog.edges().forEach(edge -> edges.add(edge(edge)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("resources", resources);
        document.put("edges", edges);
        return document;
    }

    /** A place in a site's file. */
    public static Map<String, Object> source(SourceRange at) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", at.file());
        tree.put("line", at.line());
        tree.put("column", at.column());
        return tree;
    }

    private static <R extends Resource> Map<String, Object> resource(Declared<R> declared, TypeRegistry types) {
        TypeSchema<R> schema = types.get(declared.id().type());
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (GivenAttribute given : GivenAttribute.of(schema, declared)) {
            attributes.put(given.attribute().name(), Values.plain(given.value()));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", declared.id().toString());
        tree.put("type", declared.id().type());
        tree.put("name", declared.id().name());
        tree.put("ensure", Parsing.spelling(declared.ensure()));
        tree.put("attributes", attributes);
        tree.put("tags", declared.policy().tags());
        tree.put("noop", declared.policy().isNoop());
        rules(declared.policy().rules(), tree);
        tree.put("source", source(declared.source()));
        return tree;
    }

    /** What nothing is said about is left out. */
    private static void rules(TurnRules rules, Map<String, Object> tree) {
        rules.timeout().ifPresent(timeout -> tree.put("timeout", Durations.format(timeout)));
        rules.retries().ifPresent(retries -> tree.put("retries", retries));
        rules.retryDelay().ifPresent(delay -> tree.put("retryDelay", Durations.format(delay)));
        if (!rules.windows().isEmpty()) {
            tree.put("window", rules.windows().stream().map(Window::toString).toList());
        }
        rules.onDrift().ifPresent(word -> tree.put("onDrift", Parsing.spelling(word)));
    }

    private static Map<String, Object> edge(Edge edge) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("from", edge.from().toString());
        tree.put("to", edge.to().toString());
        tree.put("kind", edge.kind().name().toLowerCase(Locale.ROOT));
        tree.put("why", reason(edge.why()));
        return tree;
    }

    private static Map<String, Object> reason(Reason why) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (why instanceof Reason.Written written) {
            tree.put("reason", "written");
            tree.put("word", written.word());
            tree.put("source", source(written.at()));
        } else if (why instanceof Reason.Automatic automatic) {
            tree.put("reason", "automatic");
            tree.put("attribute", automatic.attribute());
        } else if (why instanceof Reason.Containment containment) {
            tree.put("reason", "containment");
            tree.put("composite", containment.composite().toString());
            tree.put("word", containment.word());
            tree.put("source", source(containment.at()));
        }
        return tree;
    }
}
