/** The {@code exec} resource type. */
package dev.converge.exec;
