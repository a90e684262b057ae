/** Shows runs, catalogs, diagnostics and types to people and programs: from values to text, never the other way. */
package dev.converge.output;
