/** The {@code timezone} resource type. */
package dev.converge.timezone;
