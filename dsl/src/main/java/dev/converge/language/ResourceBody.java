package dev.converge.language;

import dev.converge.facts.Facts;
import dev.converge.model.Edge;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What stands between the braces of a resource: collects its attributes. Each resource type has a generated subclass
 * with one method for each of its attributes; the ones here are common to all.
 */
public abstract class ResourceBody implements Relations, TurnWords, AsksData {
    private final DeclarationBuilder declaration;
    private final Declaring owner;

    protected ResourceBody(String type, Declaring owner, CharSequence name) {
        this(type, owner, List.of(name));
    }

    /** For several resources that have the same attributes. */
    protected ResourceBody(String type, Declaring owner, Collection<? extends CharSequence> names) {
        this.owner = owner;
        this.declaration = owner.evaluation().begin(type, owner).named(names);
    }

    /** For a resource whose name is given in parts. */
    protected ResourceBody(String type, Declaring owner, CharSequence[] parts) {
        this.owner = owner;
        this.declaration = owner.evaluation().begin(type, owner).named(parts);
    }

    final DeclarationBuilder declaration() {
        return declaration;
    }

    /** Called by the generated methods. */
    protected final void setAttribute(int attribute, Object value) {
        declaration.values().set(attribute, value);
    }

    /** Called by the generated methods. */
    protected final void append(int word, Object... parts) {
        declaration.values().append(word, parts);
    }

    @Override
    public final void link(Edge.Kind kind, String word, Target... targets) {
        declaration.link(kind, word, targets);
    }

    /** Names under which {@code --tags} finds this resource, besides its type and its composites. */
    public void tags(CharSequence... names) {
        declaration.tags(List.of(names));
    }

    /** Names under which {@code --tags} finds this resource, besides its type and its composites. */
    public void tags(Collection<? extends CharSequence> names) {
        declaration.tags(names);
    }

    @Override
    public final void turn(String word, Object value) {
        declaration.turn(word, value);
    }

    /** {@code 'present'} (the default), {@code 'absent'}, or a word that the type adds. */
    public void ensure(CharSequence word) {
        declaration.ensure(word.toString());
    }

    @Override
    public final Lookups lookups() {
        return owner.lookups();
    }

    /** What is known of the host. */
    public Facts getFacts() {
        return owner.getFacts();
    }

    /** The text of {@code templates/NAME}. */
    public CharSequence template(CharSequence name) {
        return owner.template(name);
    }

    /** The text of {@code templates/NAME} with these variables. */
    public CharSequence template(Map<String, ?> variables, CharSequence name) {
        return owner.template(variables, name);
    }

    /** A value that is never shown. */
    public SecretToken secret(CharSequence value) {
        return owner.secret(value);
    }
}
