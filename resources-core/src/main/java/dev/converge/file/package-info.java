/** The {@code file}, {@code directory} and {@code link} resource types. */
package dev.converge.file;
