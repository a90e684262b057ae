/** Entries of hosts(5): names that a host resolves by itself. */
package dev.converge.hosts;
