/** What was applied last: who moved, the manifest or the host; what never settles; what is declared no longer. */
package dev.converge.memory;
