package dev.converge.schema;

import dev.converge.model.Ensure;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A word of the field for {@code ensure} that stands for an attribute: {@code latest}, {@code purged}, {@code held}. */
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface EnsureWord {
    String value();

    Ensure ensure() default Ensure.PRESENT;

    String attribute();

    /** The attribute's value, as text. */
    String is();
}
