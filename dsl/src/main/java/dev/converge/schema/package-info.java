/** What is known of a resource type: read once from its record by the annotation processor, used everywhere else. */
package dev.converge.schema;
