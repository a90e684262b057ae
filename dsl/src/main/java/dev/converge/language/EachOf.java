package dev.converge.language;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of a composite that is a map of maps: each of them has the parameters of another composite, by their names
 * and types: {@code @EachOf('SudoRule') Map<String, Map<String, Object>> rules}. The compiler makes plain code of it.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.SOURCE)
public @interface EachOf {
    String value();
}
