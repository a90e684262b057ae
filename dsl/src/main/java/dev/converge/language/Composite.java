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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A resource made of resources: a class of the site whose properties are its parameters and whose {@link #declare()}
 * declares what it consists of. {@code include(NginxSite, 'shop') { port 8080 }} makes one.
 *
 * <p>A property without an initial value must be given. An order that names a composite holds for all in it.
 */
public abstract class Composite implements Declaring, Target, Relations, TurnWords, Scope {
    private final Set<String> given = new HashSet<>();
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
        given.add(parameter);
    }

    /** Called by the methods that compiled code has for parameters of lists, maps and decimal numbers; not for manifests. */
    protected final Object fit(String parameter, Object value) {
        return new ParameterValue(
                        getClass().getSimpleName(), problem -> evaluation.report(problem.at(evaluation.position())))
                .fit(parameter, value, typeOf(parameter));
    }

    private Type typeOf(String parameter) {
        for (Class<?> type = getClass(); type != Composite.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(parameter)) {
                    return field.getGenericType();
                }
            }
        }
        throw new IllegalStateException(parameter);
    }

    /** The parameters without an initial value; overridden by compiled code. */
    protected List<String> requiredParameters() {
        return List.of();
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
            if (!given.contains(parameter)) {
                complete = false;
                evaluation.report(Diagnostic.error(
                                Code.MISSING_ATTRIBUTE, "Missing attribute", id + " needs \"" + parameter + "\".")
                        .at(at)
                        .suggest("Give it between the braces: " + parameter + " …"));
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
