/** Directed graphs over the numbers 0 to n - 1; knows nothing of resources. */
package dev.converge.graph;
