package dev.converge.cli;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.facts.Facts;
import dev.converge.language.Site;
import dev.converge.model.Attribute;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.ResourceId;
import dev.converge.output.ResourcePage;
import dev.converge.output.TypePage;
import dev.converge.schema.TypeSchema;
import java.util.List;
import java.util.Optional;

/** {@code converge explain}: tells about a type, an attribute, or one resource of a site. */
final class ExplainCommand implements Main.Command {
    private final Arguments arguments;
    private final Terminal terminal;
    private final Workbench bench;

    ExplainCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.bench = new Workbench(arguments, terminal);
    }

    @Override
    public int run() {
        Optional<String> asked = arguments.operand(0);
        terminal.print(terminal.outStyle().fit(asked.map(this::page).orElseGet(this::overview)));
        return 0;
    }

    private String page(String asked) {
        if (asked.indexOf('[') > 0 && asked.endsWith("]")) {
            return resource(asked);
        }
        int dot = asked.indexOf('.');
        TypeSchema<?> schema = type(bench, dot < 0 ? asked : asked.substring(0, dot));
        TypePage page = new TypePage(schema, terminal.outStyle());
        return dot < 0 ? page.all() : page.attribute(attribute(schema, asked.substring(dot + 1)));
    }

    private String overview() {
        StringBuilder out = new StringBuilder("Resource types; converge explain TYPE tells more:\n\n");
        for (String name : bench.types().names()) {
            String summary = bench.types().get(name).summary();
            int end = summary.indexOf(". ");
            out.append("  ").append(name).append(" ".repeat(Math.max(2, 12 - name.length())));
            out.append(end < 0 ? summary : summary.substring(0, end + 1)).append('\n');
        }
        return out.toString();
    }

    static TypeSchema<?> type(Workbench bench, String name) {
        return bench.types()
                .find(name)
                .orElseThrow(() -> new Failure(Diagnostic.error(
                                Code.UNKNOWN_TYPE,
                                "Unknown resource type",
                                "There is no resource type \"" + name + "\".")
                        .suggest(Suggestions.didYouMean(name, bench.types().names())
                                .orElse("There are "
                                        + String.join(", ", bench.types().names()) + "."))));
    }

    private static Attribute attribute(TypeSchema<?> schema, String name) {
        return schema.attribute(name).orElseThrow(() -> {
            List<String> known =
                    schema.attributes().stream().map(Attribute::name).toList();
            return new Failure(Diagnostic.error(
                            Code.UNKNOWN_ATTRIBUTE,
                            "Unknown attribute",
                            schema.name() + " has no attribute \"" + name + "\".")
                    .suggest(Suggestions.didYouMean(name, known).orElse("It has " + String.join(", ", known) + ".")));
        });
    }

    private String resource(String asked) {
        int bracket = asked.indexOf('[');
        String type = asked.substring(0, bracket);
        String name = asked.substring(bracket + 1, asked.length() - 1);
        ResourceId id =
                bench.types().find(type).map(schema -> schema.id(name)).orElseGet(() -> new ResourceId(type, name));
        Site site = bench.site(
                arguments.operand(1).or(() -> arguments.value(Option.SITE)).orElse("."));
        Catalog catalog = bench.catalog(site, new Facts(bench.liveFacts()));
        List<Declared<?>> members = membersOf(id.type(), catalog);
        if (!members.isEmpty()) {
            return composite(id, members);
        }
        Declared<?> declared = catalog.find(id).orElseThrow(() -> unknown(id, catalog));
        return new ResourcePage(catalog, bench.types(), site::lines, terminal.outStyle()).of(declared);
    }

    /** What is in a composite carries the composite's name as a tag. */
    private List<Declared<?>> membersOf(String type, Catalog catalog) {
        if (bench.types().names().contains(type)) {
            return List.of();
        }
        return catalog.resources().stream()
                .filter(resource -> resource.policy().tags().contains(type))
                .toList();
    }

    private static String composite(ResourceId id, List<Declared<?>> members) {
        StringBuilder out = new StringBuilder(id.toString());
        out.append(" is a composite. In the catalog of this host, ")
                .append(id.type())
                .append(" consists of\n\n");
        for (Declared<?> member : members) {
            out.append("  ")
                    .append(member.id())
                    .append("   ")
                    .append(member.source())
                    .append('\n');
        }
        return out.toString();
    }

    private static Failure unknown(ResourceId id, Catalog catalog) {
        List<String> known =
                catalog.resources().stream().map(one -> one.id().toString()).toList();
        return new Failure(Diagnostic.error(
                        Code.UNKNOWN_REFERENCE, "Unknown resource", "The catalog of this host has no " + id + ".")
                .suggest(Suggestions.didYouMean(id.toString(), known)
                        .orElse("converge compile prints the whole catalog.")));
    }
}
