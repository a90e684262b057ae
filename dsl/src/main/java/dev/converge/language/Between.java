package dev.converge.language;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of a composite. A number is in a range: {@code @Between(min = 1, max = 65535) Integer port = 80}. Either end may be left out.
 * The compiler makes plain code of it.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.SOURCE)
public @interface Between {
    long min() default Long.MIN_VALUE;

    long max() default Long.MAX_VALUE;
}
