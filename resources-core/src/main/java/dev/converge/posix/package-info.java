/** Calls of the C library that Java has no class for; each class is loaded only when it is needed. */
package dev.converge.posix;
