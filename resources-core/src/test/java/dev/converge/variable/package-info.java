/** The {@code variable} resource type, which docs/adding-a-resource.md shows; not part of Converge. */
package dev.converge.variable;
