package dev.converge.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The component's value names another resource; where that one is declared too, it runs first. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface AutoRequire {
    /** The types that the value may name; the first declared one wins. */
    String[] value();

    /**
     * The value is a path, and the nearest declared folder above it is meant. Where it is the resource's name, the path
     * itself is not: that is this resource.
     */
    boolean ancestors() default false;

    /** It is the other way round: this resource comes first, as a unit's file does before the service that it is of. */
    boolean before() default false;

    /**
     * It gives way where another automatic order says the opposite: a group and a user who name each other are made
     * group first.
     */
    boolean yields() default false;

    /**
     * A resource that is removed may still use what the manifest does not say: where the value is left out, it goes
     * before every removed resource of those types.
     */
    boolean removedFirst() default false;
}
