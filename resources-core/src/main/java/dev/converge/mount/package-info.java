/** The {@code mount} resource type. */
package dev.converge.mount;
