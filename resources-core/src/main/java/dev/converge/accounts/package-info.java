/** The accounts of a host: its users and groups, and the {@code user} and {@code group} resource types. */
package dev.converge.accounts;
