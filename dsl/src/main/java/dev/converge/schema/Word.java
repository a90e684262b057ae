package dev.converge.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A public static method that makes an element of a list of {@link Words}; its name is the word, its parameters are
 * what the author gives, its Javadoc tells the author what it means. A parameter is of any type that a component's
 * value may have.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Word {}
