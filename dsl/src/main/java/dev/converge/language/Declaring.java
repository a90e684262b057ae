package dev.converge.language;

import dev.converge.facts.Facts;
import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Something that can declare resources: a manifest or a composite. The generated interfaces extend it. */
public interface Declaring {
    /** The compilation that this belongs to; not for manifests. */
    Evaluation evaluation();

    /** What is known of the host. */
    Facts getFacts();

    /** The text of {@code templates/NAME}. */
    default CharSequence template(CharSequence name) {
        return template(Map.of(), name);
    }

    /** The text of {@code templates/NAME} with these variables. */
    CharSequence template(Map<String, ?> variables, CharSequence name);

    /** A value that is never shown. */
    SecretToken secret(CharSequence value);

    /** Called by the generated interfaces. */
    default Reference declare(ResourceBody body) {
        return evaluation().declare(body);
    }

    /** Called by the generated interfaces. */
    default Reference declare(ResourceBody body, Closure<?> attributes) {
        attributes.setDelegate(body);
        attributes.setResolveStrategy(Closure.DELEGATE_ONLY);
        attributes.call(body);
        return evaluation().declare(body);
    }

    /** Called by the generated interfaces, for several names with the same attributes. */
    default Reference declareAll(Collection<? extends CharSequence> names, BodyFactory bodies, Closure<?> attributes) {
        List<Reference> declared = new ArrayList<>();
        for (CharSequence name : names) {
            ResourceBody body = bodies.create(this, name);
            declared.add(attributes == null ? declare(body) : declare(body, (Closure<?>) attributes.clone()));
        }
        return evaluation().group(declared);
    }

    /** Makes the body of one resource. */
    interface BodyFactory {
        ResourceBody create(Declaring owner, CharSequence name);
    }
}
