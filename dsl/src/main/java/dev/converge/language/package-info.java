/** The Groovy front end: manifests in, catalog and diagnostics out. */
package dev.converge.language;
