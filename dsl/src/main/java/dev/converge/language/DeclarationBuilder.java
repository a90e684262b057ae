package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Attribute;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Ensure;
import dev.converge.model.Policy;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.schema.TypeSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Gathers one resource while its body runs, and makes it when the body is done. */
final class DeclarationBuilder {
    private final Evaluation evaluation;
    private final TypeSchema<?> schema;
    private final Scope scope;
    private final String name;
    private final SourceRange at;
    private final Given[] given;
    private final TreeSet<String> tags = new TreeSet<>();
    private Optional<Boolean> noop = Optional.empty();
    private Ensure ensure = Ensure.PRESENT;
    private Reference self;

    DeclarationBuilder(Evaluation evaluation, TypeSchema<?> schema, String name, Scope scope) {
        this.evaluation = evaluation;
        this.schema = schema;
        this.name = name;
        this.scope = scope;
        this.at = evaluation.position();
        this.given = new Given[schema.attributes().size()];
    }

    TypeSchema<?> schema() {
        return schema;
    }

    SourceRange at() {
        return at;
    }

    void set(int attribute, Object value) {
        given[attribute] = new Given(value, evaluation.position());
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

    /** The id under which the resource is known once it is declared; its name as its type writes it. */
    Optional<ResourceId> id() {
        return identity().map(value -> new ResourceId(schema.name(), ValueCoercion.idText(value)));
    }

    private Optional<Object> identity() {
        return evaluation.coercion().single(schema, schema.idAttribute(), new Given(name, at));
    }

    void link(Edge.Kind kind, String word, Target... targets) {
        if (self == null) {
            self = new Reference(evaluation, id().map(List::of).orElse(List.of()), at);
        }
        for (Target target : targets) {
            if (Relations.targetsComeFirst(word)) {
                evaluation.link(target.reference(), self, kind, word);
            } else {
                evaluation.link(self, target.reference(), kind, word);
            }
        }
    }

    /** The resource, unless something in its body was wrong; every problem has then been reported. */
    Optional<Declared<?>> build() {
        return build(schema);
    }

    private <R extends Resource> Optional<Declared<?>> build(TypeSchema<R> type) {
        Object[] values = new Object[given.length];
        boolean complete = true;
        for (Attribute attribute : type.attributes()) {
            Optional<Object> value = attribute.role() == Attribute.Role.ID ? identity() : valueOf(attribute);
            complete &= value.isPresent();
            values[attribute.index()] = value.orElse(null);
        }
        if (!complete) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Declared<>(
                    new ResourceId(
                            type.name(),
                            ValueCoercion.idText(values[type.idAttribute().index()])),
                    type.create(values),
                    ensure,
                    at,
                    policy()));
        } catch (dev.converge.model.InvalidValueException e) {
            evaluation.report(
                    Diagnostic.error(Code.CONFLICTING_ATTRIBUTES, "Attributes contradict each other", e.getMessage())
                            .at(at)
                            .suggest(e.advice()));
            return Optional.empty();
        }
    }

    private Policy policy() {
        TreeSet<String> all = new TreeSet<>(tags);
        all.add(schema.name());
        all.addAll(scope.tags());
        return new Policy(all, noop.or(scope::noop));
    }

    private Optional<Object> valueOf(Attribute attribute) {
        Given value = given[attribute.index()];
        if (value != null) {
            return evaluation.coercion().value(schema, attribute, value);
        }
        if (attribute.isRequired() && ensure == Ensure.PRESENT) {
            evaluation.report(Diagnostic.error(
                            Code.MISSING_ATTRIBUTE,
                            "Missing attribute",
                            schema.name() + "[" + name + "] needs \"" + attribute.name() + "\": " + attribute.doc())
                    .at(at));
            return Optional.empty();
        }
        return Optional.of(evaluation.coercion().absent(schema, attribute));
    }
}
