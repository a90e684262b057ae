package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Attribute;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Policy;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.schema.TypeSchema;
import dev.converge.schema.WordForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Gathers one resource while its body runs, and makes it when the body is done. */
final class DeclarationBuilder {
    private final Evaluation evaluation;
    private final TypeSchema<?> schema;
    private final Scope scope;
    private final List<Object> identities = new ArrayList<>();
    private final List<ResourceId> ids = new ArrayList<>();
    private final SourceRange at;
    private final Given[] given;
    private final TreeSet<String> tags = new TreeSet<>();
    private Optional<Boolean> noop = Optional.empty();
    private Ensure ensure = Ensure.PRESENT;
    private Reference self;
    private boolean refused;

    DeclarationBuilder(Evaluation evaluation, TypeSchema<?> schema, Scope scope) {
        this.evaluation = evaluation;
        this.schema = schema;
        this.scope = scope;
        this.at = evaluation.position();
        this.given = new Given[schema.attributes().size()];
    }

    /** Several resources that have the same attributes; a name that is refused is left out, and reported. */
    DeclarationBuilder named(Collection<? extends CharSequence> names) {
        names.forEach(name -> identity(name).ifPresent(this::identify));
        return this;
    }

    /** One resource, by the parts of its name. */
    DeclarationBuilder named(CharSequence... parts) {
        identity(NameParts.joined(parts)).ifPresent(identity -> {
            try {
                NameParts.check(schema, parts, identity);
                identify(identity);
            } catch (InvalidValueException e) {
                evaluation.report(
                        ValueCoercion.refusal(schema, schema.idAttribute(), e).at(at));
            }
        });
        return this;
    }

    private Optional<Object> identity(CharSequence name) {
        return evaluation.coercion().single(schema, schema.idAttribute(), new Given(name, at));
    }

    private void identify(Object identity) {
        identities.add(identity);
        ids.add(new ResourceId(schema.name(), identity.toString()));
    }

    TypeSchema<?> schema() {
        return schema;
    }

    SourceRange at() {
        return at;
    }

    void set(int attribute, Object value) {
        Given written = new Given(value, evaluation.position());
        if (schema.words().stream().anyMatch(word -> word.attribute() == attribute)) {
            elements(attribute)
                    .addAll(evaluation
                            .coercion()
                            .list(schema, schema.attributes().get(attribute), written)
                            .orElseGet(this::refused));
            return;
        }
        given[attribute] = written;
    }

    /** Adds the element that a word of the body makes to its list. */
    void append(int word, Object... parts) {
        WordForm form = schema.words().get(word);
        Given written = new Given(Arrays.asList(parts), evaluation.position());
        elements(form.attribute())
                .addAll(evaluation
                        .coercion()
                        .element(schema, word, written)
                        .<List<Object>>map(List::of)
                        .orElseGet(this::refused));
    }

    private List<Object> refused() {
        refused = true;
        return List.of();
    }

    @SuppressWarnings("unchecked")
    private List<Object> elements(int attribute) {
        if (given[attribute] == null) {
            given[attribute] = new Given(new ArrayList<>(), evaluation.position());
        }
        return (List<Object>) given[attribute].value();
    }

    void tags(Collection<? extends CharSequence> names) {
        names.forEach(tag -> tags.add(tag.toString()));
    }

    void noop(boolean value) {
        noop = Optional.of(value);
    }

    void ensure(String word) {
        for (TypeSchema.EnsureAlias alias : schema.ensureAliases()) {
            if (alias.word().equals(word)) {
                ensure = alias.ensure();
                schema.attribute(alias.attribute()).ifPresent(attribute -> set(attribute.index(), alias.value()));
                return;
            }
        }
        switch (word) {
            case "present" -> ensure = Ensure.PRESENT;
            case "absent" -> ensure = schema.absentable() ? Ensure.ABSENT : refuseEnsure(word);
            default -> refuseEnsure(word);
        }
    }

    private Ensure refuseEnsure(String word) {
        List<String> words = new ArrayList<>(List.of("present"));
        if (schema.absentable()) {
            words.add("absent");
        }
        schema.ensureAliases().forEach(alias -> words.add(alias.word()));
        evaluation.report(Diagnostic.error(
                        Code.BAD_VALUE,
                        "Bad value",
                        schema.name() + " has no ensure '" + SecretVault.mask(word) + "'; it takes '"
                                + String.join("', '", words) + "'.")
                .at(evaluation.position())
                .suggest(Suggestions.didYouMean(word, words)));
        return Ensure.PRESENT;
    }

    /** The ids under which the resources are known once they are declared; those of refused names are missing. */
    List<ResourceId> ids() {
        return ids;
    }

    void link(Edge.Kind kind, String word, Target... targets) {
        if (self == null) {
            self = new Reference(evaluation, ids, at);
        }
        for (Target target : targets) {
            if (Relations.targetsComeFirst(word)) {
                evaluation.link(target.reference(), self, kind, word);
            } else {
                evaluation.link(self, target.reference(), kind, word);
            }
        }
    }

    /** The resources, unless something in the body was wrong; every problem has then been reported. */
    List<Declared<?>> build() {
        return build(schema);
    }

    private <R extends Resource> List<Declared<?>> build(TypeSchema<R> type) {
        Object[] values = new Object[given.length];
        boolean complete = !refused;
        for (Attribute attribute : type.attributes()) {
            if (attribute.role() == Attribute.Role.ID) {
                continue;
            }
            Object value = valueOf(attribute);
            complete &= value != null;
            values[attribute.index()] = value;
        }
        List<Declared<?>> built = new ArrayList<>(ids.size());
        for (int i = 0; complete && i < ids.size(); i++) {
            values[type.idAttribute().index()] = identities.get(i);
            R desired = create(type, values);
            if (desired == null) {
                return List.of();
            }
            built.add(new Declared<>(ids.get(i), desired, ensure, at, policy()));
        }
        return built;
    }

    /** Null when the attributes contradict each other, which has then been reported. */
    private <R extends Resource> R create(TypeSchema<R> type, Object[] values) {
        try {
            return type.create(values);
        } catch (InvalidValueException e) {
            evaluation.report(
                    Diagnostic.error(Code.CONFLICTING_ATTRIBUTES, "Attributes contradict each other", e.getMessage())
                            .at(at)
                            .suggest(e.advice()));
            return null;
        }
    }

    private Policy policy() {
        if (tags.isEmpty() && scope == Scope.NONE) {
            return evaluation.policy(schema.name(), noop);
        }
        TreeSet<String> all = new TreeSet<>(tags);
        all.add(schema.name());
        all.addAll(scope.tags());
        return new Policy(all, noop.or(scope::noop));
    }

    /** Null when it was refused or is missing, which has then been reported. */
    private Object valueOf(Attribute attribute) {
        Given value = given[attribute.index()];
        if (value != null) {
            return evaluation.coercion().value(schema, attribute, value).orElse(null);
        }
        if (attribute.isRequired() && ensure == Ensure.PRESENT) {
            String name = ids.isEmpty() ? schema.name() : ids.get(0).toString();
            evaluation.report(Diagnostic.error(
                            Code.MISSING_ATTRIBUTE,
                            "Missing attribute",
                            name + " needs \"" + attribute.name() + "\": " + attribute.doc())
                    .at(at));
            return null;
        }
        return evaluation.coercion().absent(schema, attribute);
    }
}
