package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Policy;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.model.TurnRules;
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
    private final List<Object> identities = new ArrayList<>();
    private final List<ResourceId> ids = new ArrayList<>();
    private final SourceRange at;
    private final GivenValues values;
    private final TreeSet<String> tags = new TreeSet<>();
    private TurnWord.Said said;
    private Ensure ensure = Ensure.PRESENT;
    private Reference self;

    DeclarationBuilder(Evaluation evaluation, TypeSchema<?> schema, Scope scope) {
        this.evaluation = evaluation;
        this.schema = schema;
        this.scope = scope;
        this.at = evaluation.position();
        this.values = new GivenValues(evaluation, schema);
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

    GivenValues values() {
        return values;
    }

    void tags(Collection<? extends CharSequence> names) {
        names.forEach(tag -> tags.add(tag.toString()));
    }

    void turn(String word, Object value) {
        if (said == null) {
            said = new TurnWord.Said();
        }
        said.say(word, value, evaluation);
    }

    void ensure(String word) {
        for (TypeSchema.EnsureAlias alias : schema.ensureAliases()) {
            if (alias.word().equals(word)) {
                ensure = alias.ensure();
                schema.attribute(alias.attribute())
                        .ifPresent(attribute -> values.set(attribute.index(), alias.value()));
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
                .suggest(Synonyms.ensureAdvice(word, schema).or(() -> Suggestions.didYouMean(word, words))));
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
        String shown = ids.isEmpty() ? schema.name() : ids.get(0).toString();
        Object[] components = values.values(shown, at, ensure == Ensure.PRESENT);
        if (components == null) {
            return List.of();
        }
        List<Declared<?>> built = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            components[type.idAttribute().index()] = identities.get(i);
            R desired = values.create(type, components, at);
            if (desired == null) {
                return List.of();
            }
            built.add(new Declared<>(ids.get(i), desired, ensure, at, policy()));
        }
        return built;
    }

    private Policy policy() {
        if (tags.isEmpty() && said == null && scope == Scope.NONE) {
            return evaluation.policy(schema.name());
        }
        TurnRules rules = (said == null ? TurnRules.NONE : said.rules()).or(scope.rules());
        if (rules.retryDelay().isPresent() && rules.retries().isEmpty()) {
            evaluation.report(Diagnostic.error(
                            Code.BAD_VALUE,
                            "Bad value",
                            "\"retryDelay\" of " + schema.name()
                                    + " has nothing to wait for: no \"retries\" are given.")
                    .at(Optional.ofNullable(said)
                            .flatMap(words -> words.place(TurnWord.RETRY_DELAY))
                            .orElse(at))
                    .suggest("Write how often to try again, such as retries 3."));
        }
        TreeSet<String> all = new TreeSet<>(tags);
        all.add(schema.name());
        all.addAll(scope.tags());
        return new Policy(all, rules);
    }
}
