package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.facts.Facts;
import dev.converge.model.Edge;
import dev.converge.model.ResourceId;
import dev.converge.model.TurnRules;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A resource made of resources: a class of the site whose properties are its parameters and whose {@link #declare()}
 * declares what it consists of. {@code include(NginxSite, 'shop') { port 8080 }} makes one.
 *
 * <p>A property without an initial value must be given. An order that names a composite holds for all in it.
 */
public abstract class Composite implements Declaring, Target, Relations, TurnWords, Scope {
    private final Map<String, SourceRange> given = new HashMap<>();
    private final TreeSet<String> tags = new TreeSet<>();
    private Evaluation evaluation;
    private Scope around = Scope.NONE;
    private TurnRules rules = TurnRules.NONE;
    private TurnWord.Said said;
    private ResourceId id;
    private SourceRange at;

    /** Declares what the composite consists of. */
    public abstract void declare();

    /** The composite's own name: the second argument of {@code include}. */
    public final String getName() {
        return id.name();
    }

    /** Names under which {@code --tags} finds all in it. */
    public final void tags(CharSequence... names) {
        tags(List.of(names));
    }

    /** Names under which {@code --tags} finds all in it. */
    public final void tags(Collection<? extends CharSequence> names) {
        names.forEach(tag -> tags.add(tag.toString()));
    }

    @Override
    public final void turn(String word, Object value) {
        if (said == null) {
            said = new TurnWord.Said();
        }
        said.say(word, value, evaluation);
        rules = said.rules();
    }

    @Override
    public final void link(Edge.Kind kind, String word, Target... targets) {
        for (Target target : targets) {
            if (Relations.targetsComeFirst(word)) {
                evaluation.link(target.reference(), reference(), kind, word);
            } else {
                evaluation.link(reference(), target.reference(), kind, word);
            }
        }
    }

    @Override
    public final Reference reference() {
        return new Reference(evaluation, List.of(id), at);
    }

    @Override
    public final Facts getFacts() {
        return evaluation.facts();
    }

    @Override
    public final CharSequence template(Map<String, ?> variables, CharSequence template) {
        return evaluation.templates().render(template.toString(), variables, evaluation);
    }

    @Override
    public final SecretToken secret(CharSequence value) {
        return evaluation.vault().keep(value.toString());
    }

    @Override
    public final Evaluation evaluation() {
        return evaluation;
    }

    @Override
    public final Set<String> tags() {
        TreeSet<String> all = new TreeSet<>(tags);
        all.addAll(around.tags());
        all.add(id.type());
        return all;
    }

    @Override
    public final TurnRules rules() {
        return rules.or(around.rules());
    }

    /** Called by compiled code; not for manifests. */
    public final void at(int file, int line, int column, int endColumn) {
        if (evaluation != null) {
            evaluation.at(file, line, column, endColumn);
        }
    }

    /** Called by the methods that compiled code has for each parameter; not for manifests. */
    protected final void given(String parameter) {
        given.put(parameter, evaluation.position());
    }

    /** Called by the methods that compiled code has for parameters of lists, maps and decimal numbers; not for manifests. */
    protected final Object fit(String parameter, Object value) {
        return new ParameterValue(
                        getClass().getSimpleName(), problem -> evaluation.report(problem.at(evaluation.position())))
                .fit(parameter, value, typeOf(parameter));
    }

    final Type typeOf(String parameter) {
        return field(parameter).getGenericType();
    }

    private Field field(String parameter) {
        for (Class<?> type = getClass(); type != Composite.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(parameter)) {
                    return field;
                }
            }
        }
        throw new IllegalStateException(parameter);
    }

    /** The parameters without an initial value; overridden by compiled code. */
    protected List<String> requiredParameters() {
        return List.of();
    }

    /** All parameters; overridden by compiled code. */
    protected List<String> parameterNames() {
        return List.of();
    }

    /** What annotations say of the parameters, with their values; overridden by compiled code. */
    protected List<Object> parameterChecks() {
        return List.of();
    }

    /** Where a parameter was given, between the braces or in the data. */
    final Optional<SourceRange> placeOf(String parameter) {
        return Optional.ofNullable(given.get(parameter));
    }

    /** Sets a parameter that is not between the braces, to a value of its type. */
    final void bind(String parameter, Object value, SourceRange place) {
        Field field = field(parameter);
        field.setAccessible(true);
        try {
            field.set(this, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        given.put(parameter, place);
    }

    /** What is wrong with a parameter has been told: it is not missing as well. */
    final void refuse(String parameter) {
        given.put(parameter, at);
    }

    final SourceRange at() {
        return at;
    }

    final ResourceId id() {
        return id;
    }

    final void enter(Evaluation newEvaluation, String name, Scope scope, SourceRange place) {
        evaluation = newEvaluation;
        around = scope;
        at = place;
        id = new ResourceId(getClass().getSimpleName(), name.isEmpty() ? "main" : name);
    }

    final boolean parametersComplete() {
        boolean complete = true;
        for (String parameter : requiredParameters()) {
            if (!given.containsKey(parameter)) {
                complete = false;
                evaluation.report(Diagnostic.error(
                                Code.MISSING_ATTRIBUTE, "Missing attribute", id + " needs \"" + parameter + "\".")
                        .at(at)
                        .suggest("Give it between the braces: " + parameter + " …, or in the data as "
                                + ParameterKeys.prefix(id.type()) + "." + parameter + "."));
            }
        }
        return complete;
    }

    /** The composite's type and name. */
    @Override
    public final String toString() {
        return String.valueOf(id);
    }
}
