/** The {@code gitCheckout} resource type. */
package dev.converge.git;
