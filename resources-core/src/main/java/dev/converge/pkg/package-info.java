/**
 * The {@code pkg} resource type: packages of the distribution. What all package managers have in common is in {@code
 * Packages} and what it uses; {@code Apt}, {@code Rpm} and {@code Apk} are the three that it knows.
 */
package dev.converge.pkg;
