package dev.converge.language;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of a composite. Text, or each element of a list or map, is one of these: {@code @OneOf(['tcp', 'udp']) String protocol}.
 * The compiler makes plain code of it.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.SOURCE)
public @interface OneOf {
    String[] value();
}
