package dev.converge.language;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of a composite. Text, a list or a map has something in it: {@code @NotEmpty List<String> servers = []} has to be given.
 * The compiler makes plain code of it.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.SOURCE)
public @interface NotEmpty {}
