/** The {@code archive} resource type. */
package dev.converge.archive;
