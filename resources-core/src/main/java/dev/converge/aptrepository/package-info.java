/** The {@code aptRepository} resource type: a package source of apt and the key that it is signed with. */
package dev.converge.aptrepository;
