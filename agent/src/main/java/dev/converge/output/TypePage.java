package dev.converge.output;

import dev.converge.model.Attribute;
import dev.converge.schema.Parsing;
import dev.converge.schema.TypeSchema;
import dev.converge.schema.TypeSchema.EnsureAlias;
import dev.converge.schema.WordForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The documentation of a resource type, from its record. */
public final class TypePage {
    private final TypeSchema<?> schema;
    private final Style style;

    public TypePage(TypeSchema<?> schema, Style style) {
        this.schema = schema;
        this.style = style;
    }

    /** The whole page. */
    public String all() {
        StringBuilder out = new StringBuilder(style.bold(schema.name())).append('\n');
        out.append(Paragraph.of(schema.summary(), 2)).append('\n');
        example().lines().forEach(line -> out.append("    ").append(line).append('\n'));
        section("Name", Attribute.Role.ID, out);
        section("Attributes: the state of the host; what is left out is not touched", Attribute.Role.PROPERTY, out);
        words(out);
        section("Parameters: how to converge; never compared", Attribute.Role.PARAMETER, out);
        section("Reported too: follows from the rest, and is not given", Attribute.Role.DERIVED, out);
        out.append('\n').append(style.bold("ensure")).append('\n');
        ensureWords().forEach(line -> out.append(Paragraph.of(line, 2)));
        out.append('\n').append(style.bold("On every type")).append('\n');
        out.append(Paragraph.of(
                "requires, before, notifies, subscribes, tags, noop, timeout, retries, retryDelay, window, onDrift",
                2));
        return out.toString();
    }

    /** A manifest that declares one; it compiles. */
    public String example() {
        return TypeExample.of(schema);
    }

    /** One attribute. */
    public String attribute(Attribute attribute) {
        return style.bold(schema.name() + "." + attribute.name()) + "   "
                + style.dim(facts(attribute) + role(attribute)) + "\n"
                + Paragraph.of(AttributeText.sentence(attribute), 2);
    }

    private static String role(Attribute attribute) {
        return switch (attribute.role()) {
            case ID -> ", the name";
            case PROPERTY -> "";
            case DERIVED -> ", follows from others: compared, never given";
            case PARAMETER -> ", parameter: says how to converge, never compared";
        };
    }

    private void section(String title, Attribute.Role role, StringBuilder out) {
        List<Attribute> members = schema.attributes().stream()
                .filter(attribute -> attribute.role() == role)
                .toList();
        if (members.isEmpty()) {
            return;
        }
        out.append('\n').append(style.bold(title)).append('\n');
        for (Attribute attribute : members) {
            out.append("  ").append(style.cyan(attribute.name()));
            out.append("   ").append(style.dim(facts(attribute))).append('\n');
            out.append(Paragraph.of(AttributeText.sentence(attribute), 6));
        }
    }

    private void words(StringBuilder out) {
        if (schema.words().isEmpty()) {
            return;
        }
        out.append('\n')
                .append(style.bold("Words: each adds to a list, in the order written"))
                .append('\n');
        for (WordForm form : schema.words()) {
            String list = schema.attributes().get(form.attribute()).name();
            out.append("  ").append(style.cyan(form.shown())).append("   ");
            out.append(style.dim("adds to " + list)).append('\n');
            out.append(Paragraph.of(form.doc(), 6));
        }
    }

    private String facts(Attribute attribute) {
        StringBuilder out = new StringBuilder(AttributeText.kind(attribute));
        if (attribute.role() == Attribute.Role.ID && !schema.nameParts().isEmpty()) {
            out.append(", given as ").append(String.join(", ", schema.nameParts()));
        }
        if (schema.argument().equals(Optional.of(attribute))) {
            out.append(", may follow the name");
        }
        if (attribute.isRequired()) {
            out.append(", required");
        }
        attribute.defaultValue().ifPresent(value -> out.append(", default ").append(value));
        return out.toString();
    }

    /** What {@code ensure} takes, one line for each group of words. */
    public List<String> ensureWords() {
        List<String> lines = new ArrayList<>();
        lines.add("'present' (default)" + (schema.absentable() ? " or 'absent'" : ""));
        for (EnsureAlias alias : schema.ensureAliases()) {
            lines.add("'" + alias.word() + "': " + Parsing.spelling(alias.ensure()) + ", with " + alias.attribute()
                    + " '" + alias.value() + "'");
        }
        return lines;
    }
}
