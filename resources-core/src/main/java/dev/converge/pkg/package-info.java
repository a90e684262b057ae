/** The {@code pkg} resource type: packages of the distribution, by apt and dpkg. */
package dev.converge.pkg;
