/** Walks a catalog over a host: observes, changes or only predicts, refreshes, and tells what came of each resource. */
package dev.converge.converger;
