/**
 * What a catalog can be rendered into. A target knows steps of a first boot and nothing of resource types; what it
 * cannot express is a diagnostic at the manifest's line.
 */
package dev.converge.target;
