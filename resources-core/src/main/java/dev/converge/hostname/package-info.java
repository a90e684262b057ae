/** The {@code hostName} resource type. */
package dev.converge.hostname;
