package dev.converge.schema;

import dev.converge.provider.Provider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the record that declares a resource type; everything else about the type is derived from that record. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ResourceType {
    /** The word in the manifest, such as {@code file}. */
    String name();

    /** Reads and changes the host for this type; has a constructor without arguments. */
    Class<? extends Provider<?>> provider();

    /** What a creation is called in output, such as {@code created} or, for an {@code exec}, {@code executed}. */
    String creation() default "created";

    /** A declaration to start from, for the documentation; made up from the attributes when empty. */
    String example() default "";

    /** Whether the type knows {@code ensure 'absent'}. */
    boolean absentable() default true;

    /** Whether all that is below its path goes when it is removed, as with a directory. */
    boolean removesBelow() default false;

    /**
     * What comes first where it is declared: a resource, such as {@code pkg[libaugeas0]}, or a type, such as
     * {@code aptRepository}, for all of its resources.
     */
    String[] after() default {};

    /** Words that {@code ensure} takes for this type besides {@code present} and {@code absent}. */
    EnsureWord[] ensureWords() default {};
}
