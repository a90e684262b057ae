/** Notices on the host what moves of a catalog, and says which resources that may concern. */
package dev.converge.watch;
