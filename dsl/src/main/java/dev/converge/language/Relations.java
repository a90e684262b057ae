package dev.converge.language;

import dev.converge.model.Edge;
import java.util.Collection;

/** The four words of order, the same for a resource and for a composite. */
public interface Relations {
    /** Called by the words below; not for manifests. */
    void link(Edge.Kind kind, String word, Target... targets);

    /** Resources that come before this one. */
    default void requires(Target... targets) {
        link(Edge.Kind.ORDER, "requires", targets);
    }

    /** Resources that come before this one. */
    default void requires(Collection<? extends Target> targets) {
        requires(targets.toArray(Target[]::new));
    }

    /** Resources that come after this one. */
    default void before(Target... targets) {
        link(Edge.Kind.ORDER, "before", targets);
    }

    /** Resources that come after this one. */
    default void before(Collection<? extends Target> targets) {
        before(targets.toArray(Target[]::new));
    }

    /** Resources that come after this one and are refreshed when it changes. */
    default void notifies(Target... targets) {
        link(Edge.Kind.NOTIFY, "notifies", targets);
    }

    /** Resources that come after this one and are refreshed when it changes. */
    default void notifies(Collection<? extends Target> targets) {
        notifies(targets.toArray(Target[]::new));
    }

    /** Resources that come before this one and refresh it when they change. */
    default void subscribes(Target... targets) {
        link(Edge.Kind.NOTIFY, "subscribes", targets);
    }

    /** Resources that come before this one and refresh it when they change. */
    default void subscribes(Collection<? extends Target> targets) {
        subscribes(targets.toArray(Target[]::new));
    }

    /** Whether a word puts the targets before the one that says it. */
    static boolean targetsComeFirst(String word) {
        return word.equals("requires") || word.equals("subscribes");
    }
}
