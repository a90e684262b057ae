/** The {@code filesystem} resource type. */
package dev.converge.disk;
