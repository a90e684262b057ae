/** The {@code notice} resource type. */
package dev.converge.notice;
