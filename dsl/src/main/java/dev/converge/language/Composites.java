package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.ResourceId;
import groovy.lang.Closure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The composites of one evaluation: which ones there are, and what each contains. */
final class Composites {
    private final Evaluation evaluation;
    private final Map<ResourceId, SourceRange> places = new LinkedHashMap<>();
    private final Map<String, SourceRange> firstUses = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<ResourceId, List<ResourceId>> members = new LinkedHashMap<>();
    private final Deque<ResourceId> open = new ArrayDeque<>();

    Composites(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** Makes a composite, sets its parameters by running {@code parameters} on it, and runs its body. */
    <T extends Composite> T include(Class<T> type, String name, Declaring owner, Closure<?> parameters) {
        SourceRange at = evaluation.position();
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new IllegalArgumentException(type.getSimpleName() + " is abstract: include a class that extends it.");
        }
        T composite = instantiate(type);
        composite.enter(evaluation, name, owner instanceof Scope scope ? scope : Scope.NONE, at);
        firstUses.putIfAbsent(type.getSimpleName(), at);
        SourceRange first = places.putIfAbsent(composite.id(), at);
        if (first != null) {
            evaluation.report(Diagnostic.error(
                            Code.DUPLICATE_RESOURCE, "Duplicate resource", composite.id() + " is included twice.")
                    .at(at)
                    .suggest("Give each a name: include(" + type.getSimpleName() + ", 'name') { … }")
                    .related(Related.at("first included here", first)));
            return composite;
        }
        contain(composite.id());
        members.put(composite.id(), new ArrayList<>());
        if (parameters != null) {
            parameters.setDelegate(composite);
            parameters.setResolveStrategy(Closure.DELEGATE_ONLY);
            parameters.call(composite);
        }
        if (evaluation.parameters().complete(composite)) {
            open.push(composite.id());
            composite.declare();
            open.pop();
        }
        evaluation.position(at);
        return composite;
    }

    private static <T extends Composite> T instantiate(Class<T> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getName(), e);
        }
    }

    void contain(ResourceId member) {
        if (!open.isEmpty()) {
            members.get(open.peek()).add(member);
        }
    }

    /** Where each class was included first, in that order; may be asked while a run that was given up goes on. */
    Map<String, SourceRange> firstUses() {
        synchronized (firstUses) {
            return new LinkedHashMap<>(firstUses);
        }
    }

    /** What stopped the manifest, with the places at which the composites were included whose bodies it was in. */
    Diagnostic placed(Diagnostic failure) {
        Diagnostic placed = failure;
        for (ResourceId composite : open) {
            placed = placed.related(Related.at(composite + " is included here", places.get(composite)));
        }
        return placed;
    }

    boolean isComposite(ResourceId id) {
        return members.containsKey(id);
    }

    /** All resources in a composite, those of composites in it too. */
    List<ResourceId> resourcesOf(ResourceId composite) {
        List<ResourceId> all = new ArrayList<>();
        for (ResourceId member : members.get(composite)) {
            if (isComposite(member)) {
                all.addAll(resourcesOf(member));
            } else {
                all.add(member);
            }
        }
        return all;
    }
}
