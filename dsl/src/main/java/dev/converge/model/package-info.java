/** The values that flow from the manifest to the host: resources, catalog, and the types of their attributes. */
package dev.converge.model;
