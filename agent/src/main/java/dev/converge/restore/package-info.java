/** Takes back what runs have done: a catalog made of what they kept, which is then converged like any other. */
package dev.converge.restore;
