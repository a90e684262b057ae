package dev.converge.language;

import dev.converge.facts.Facts;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Something that can declare resources: a manifest or a composite. The generated interfaces extend it. */
public interface Declaring extends AsksData {
    /** The compilation that this belongs to; not for manifests. */
    Evaluation evaluation();

    @Override
    default Lookups lookups() {
        return evaluation().lookups();
    }

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

    /** Makes a composite that has no name of its own; its parameters stand between the braces. */
    default <T extends Composite> T include(
            @DelegatesTo.Target Class<T> type,
            @DelegatesTo(genericTypeIndex = 0, strategy = Closure.DELEGATE_ONLY) Closure<?> parameters) {
        return evaluation().composites().include(type, "", this, parameters);
    }

    /** Makes a composite that has no name of its own and needs no parameters. */
    default <T extends Composite> T include(Class<T> type) {
        return evaluation().composites().include(type, "", this, null);
    }

    /** Makes a composite; its parameters stand between the braces. */
    default <T extends Composite> T include(
            @DelegatesTo.Target Class<T> type,
            CharSequence name,
            @DelegatesTo(genericTypeIndex = 0, strategy = Closure.DELEGATE_ONLY) Closure<?> parameters) {
        return evaluation().composites().include(type, name.toString(), this, parameters);
    }

    /** Makes a composite that needs no parameters. */
    default <T extends Composite> T include(Class<T> type, CharSequence name) {
        return evaluation().composites().include(type, name.toString(), this, null);
    }

    /** Runs another manifest of the site, by its path; one that has been run already is not run again. */
    default void include(CharSequence manifest) {
        evaluation().include(manifest.toString());
    }

    /** What stands between the braces holds for the hosts whose name or full name the pattern matches; * is any text. */
    default void node(CharSequence pattern, Closure<?> body) {
        node(List.of(pattern), body);
    }

    /** What stands between the braces holds for the hosts whose name or full name one of the patterns matches. */
    default void node(Collection<? extends CharSequence> patterns, Closure<?> body) {
        if (NodePattern.anyMatches(patterns, getFacts())) {
            body.call();
        }
    }

    /** What stands between the braces holds for the hosts whose name or full name the regular expression matches. */
    default void node(Pattern pattern, Closure<?> body) {
        if (NodePattern.matches(pattern, getFacts())) {
            body.call();
        }
    }

    /** Stops here: this host cannot be what the manifest says, for this reason. */
    default void fail(CharSequence reason) {
        throw new ManifestFailure(reason.toString());
    }

    /** What {@code pkg['nginx']} becomes; not for manifests. */
    default Reference reference(String type, Object names) {
        return evaluation().reference(type, names);
    }

    /** Called by the generated interfaces. */
    default Reference declare(ResourceBody body) {
        return evaluation().declare(body);
    }

    /** Called by the generated interfaces. */
    default Reference declare(ResourceBody body, Closure<?> attributes) {
        attributes.setDelegate(body);
        attributes.setResolveStrategy(Closure.DELEGATE_ONLY);
        attributes.call();
        return evaluation().declare(body);
    }
}
