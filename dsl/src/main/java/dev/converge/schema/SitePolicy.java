package dev.converge.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the record of a rule that a site can set for all of its resources: {@code policy.images { requireDigest true }}.
 * The record implements {@link CatalogPolicy}; its components are the words between the braces, as those of a resource
 * type are, but a list that is given several times grows.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SitePolicy {
    /** The word after {@code policy.}, such as {@code images}. */
    String name();
}
