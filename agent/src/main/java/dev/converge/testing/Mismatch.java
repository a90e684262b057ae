package dev.converge.testing;

import dev.converge.model.Attribute;
import dev.converge.model.Catalog;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Ensure;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.schema.Parsing;
import dev.converge.schema.RecordSchema;
import dev.converge.schema.TypeSchema;
import dev.converge.schema.Values;
import dev.converge.schema.WordForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What separates a resource of the catalog from the one that a spec wants: one line for each word that is not met. */
final class Mismatch<R extends Resource> {
    private final Catalog catalog;
    private final Reach reach;
    private final Declared<R> declared;
    private final TypeSchema<R> schema;
    private final Object[] components;
    private final List<String> lines = new ArrayList<>();

    private Mismatch(Catalog catalog, Declared<R> declared, TypeSchema<R> schema) {
        this.catalog = catalog;
        this.reach = new Reach(catalog);
        this.declared = declared;
        this.schema = schema;
        this.components = schema.values(declared.desired());
    }

    /** Empty when all that is said holds. */
    @SuppressWarnings("unchecked")
    static <R extends Resource> List<String> of(Catalog catalog, Declared<R> declared, WantedResource wanted) {
        Mismatch<R> mismatch = new Mismatch<>(catalog, declared, (TypeSchema<R>) wanted.schema());
        boolean saysEnsure = wanted.said().stream().anyMatch(said -> said.word().equals("ensure"));
        if (!saysEnsure) {
            mismatch.ensure("present");
        }
        wanted.said().forEach(mismatch::hold);
        return mismatch.lines;
    }

    private void hold(WantedBody.Said said) {
        Optional<Attribute> attribute = schema.attribute(said.word()).filter(Attribute::isWord);
        int word = wordOf(said.word());
        if (word >= 0 && !said.values().isEmpty() && attribute.isEmpty()) {
            element(word, said);
        } else if (attribute.isPresent()) {
            compare(attribute.get(), said.value());
        } else {
            common(said);
        }
    }

    private int wordOf(String word) {
        for (int i = 0; i < schema.words().size(); i++) {
            if (schema.words().get(i).word().equals(word)) {
                return i;
            }
        }
        return -1;
    }

    private void compare(Attribute attribute, Object given) {
        WantedValue wanted = new WantedValue(schema, attribute, given);
        Object component = components[attribute.index()];
        if (wanted.isMetBy(component)) {
            return;
        }
        Object actual = component instanceof Optional<?> optional ? optional.orElse(null) : component;
        if (actual instanceof Content content && !content.isSensitive()) {
            lines.add(attribute.name() + ": " + content(wanted, content));
        } else {
            differs(attribute.name(), wanted.shown(), actual);
        }
    }

    private static String content(WantedValue wanted, Content actual) {
        String found = actual.origin().or(actual::text).orElseGet(() -> Values.display(actual));
        if (wanted.wholeText().isPresent()) {
            return "it is another text"
                    + LineDiff.of("wanted", wanted.wholeText().get(), "in the catalog", found, "    ");
        }
        return "wanted " + wanted.shown() + ", in the catalog"
                + (found.indexOf('\n') < 0
                        ? " " + found
                        : "\n    " + found.stripTrailing().replace("\n", "\n    "));
    }

    /** @param actual {@code null} when the manifest does not give it */
    private void differs(String word, String wanted, Object actual) {
        boolean secret = actual != null && Values.isSensitive(actual);
        String found = actual == null ? "not given" : secret ? Secret.MASK : Values.display(actual);
        lines.add(word + ": wanted " + (secret ? Secret.MASK : wanted) + ", in the catalog " + found);
    }

    /** A word that adds to a list: what it adds has to be in it. */
    private void element(int word, WantedBody.Said said) {
        WordForm form = schema.words().get(word);
        Object[] parts = new Object[said.values().size()];
        for (int i = 0; i < parts.length; i++) {
            Object part = said.values().get(i);
            parts[i] = part instanceof CharSequence text ? text.toString() : part;
        }
        Object wanted = asMade(schema, word, parts);
        Object list = components[form.attribute()];
        Collection<?> all = list instanceof Optional<?> optional
                ? (Collection<?>) optional.map(Object.class::cast).orElse(List.of())
                : (Collection<?>) list;
        if (!all.contains(wanted)) {
            differs(said.word(), Values.display(said.values()), all);
        }
    }

    private static Object asMade(RecordSchema<?> schema, int word, Object[] parts) {
        List<WordForm.Part> forms = schema.words().get(word).parts();
        if (forms.size() != parts.length) {
            throw new SpecFailure("\"" + schema.words().get(word).word() + "\" of " + schema.name() + " takes "
                    + schema.words().get(word).shown() + ".");
        }
        for (int i = 0; i < parts.length; i++) {
            Class<?> type = forms.get(i).type();
            boolean text = type == Text.class && parts[i] instanceof String;
            parts[i] = text ? Text.of((String) parts[i]) : parts[i];
        }
        return schema.element(word, parts);
    }

    private void common(WantedBody.Said said) {
        switch (said.word()) {
            case "ensure" -> ensure(String.valueOf(said.value()));
            case "tags" -> tags(said);
            case "requires" -> targets(said).forEach(other -> after(said.word(), other, declared.id(), other));
            case "before" -> targets(said).forEach(other -> after(said.word(), declared.id(), other, other));
            case "subscribes" -> targets(said).forEach(other -> notified(said.word(), other, declared.id(), other));
            case "notifies" -> targets(said).forEach(other -> notified(said.word(), declared.id(), other, other));
            default -> rule(said);
        }
    }

    private void ensure(String word) {
        for (TypeSchema.EnsureAlias alias : schema.ensureAliases()) {
            if (alias.word().equals(word)) {
                schema.attribute(alias.attribute()).ifPresent(attribute -> compare(attribute, alias.value()));
                return;
            }
        }
        Ensure wanted = word.equals("absent") ? Ensure.ABSENT : Ensure.PRESENT;
        if (declared.ensure() != wanted) {
            differs("ensure", word, Parsing.spelling(declared.ensure()));
        }
    }

    private void tags(WantedBody.Said said) {
        Set<String> found = declared.policy().tags();
        for (Object tag : said.value() instanceof Collection<?> several ? several : said.values()) {
            if (!found.contains(tag.toString())) {
                differs("tags", tag.toString(), found);
            }
        }
    }

    private void rule(WantedBody.Said said) {
        TurnRuleText rules = new TurnRuleText(declared.policy());
        String wanted = String.valueOf(said.value());
        Optional<String> found = rules.of(said.word());
        if (found.filter(rules.spelled(said.word(), wanted)::equals).isEmpty()) {
            differs(said.word(), wanted, found.orElse(null));
        }
    }

    private static List<ResourceId> targets(WantedBody.Said said) {
        List<ResourceId> all = new ArrayList<>();
        for (Object value : said.values()) {
            if (!(value instanceof ResourceNames names)) {
                throw new SpecFailure("\"" + said.word() + "\" takes resources, such as pkg['nginx'].");
            }
            all.addAll(names.ids());
        }
        return all;
    }

    private void after(String word, ResourceId first, ResourceId second, ResourceId other) {
        if (!reach.isBefore(first, second)) {
            lines.add(word + ": nothing puts " + first + " before " + second + missing(other));
        }
    }

    private void notified(String word, ResourceId from, ResourceId to, ResourceId other) {
        if (!reach.isNotified(from, to)) {
            boolean ordered = catalog.edges().stream()
                    .anyMatch(
                            edge -> edge.from().equals(from) && edge.to().equals(to) && edge.kind() == Edge.Kind.ORDER);
            lines.add(word + ": " + from + " does not notify " + to + (ordered ? ", it only comes before it" : "")
                    + missing(other));
        }
    }

    private String missing(ResourceId other) {
        return catalog.indexOf(other) < 0 ? "; the catalog has no " + other : "";
    }
}
