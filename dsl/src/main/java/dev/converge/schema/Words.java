package dev.converge.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The component is a list whose elements have words of their own between the braces: each use of one appends an
 * element, in the order in which they are written. The words are the static methods of the element's class that are
 * marked with {@link Word}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Words {}
