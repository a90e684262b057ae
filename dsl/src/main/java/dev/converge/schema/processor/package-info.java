/** The annotation processor: reads a resource type's record, writes its words for the manifest and its schema. */
package dev.converge.schema.processor;
