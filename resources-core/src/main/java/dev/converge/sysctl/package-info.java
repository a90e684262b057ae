/** The {@code sysctl} resource type. */
package dev.converge.sysctl;
