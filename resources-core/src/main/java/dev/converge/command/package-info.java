/** The {@code command} resource type. */
package dev.converge.command;
