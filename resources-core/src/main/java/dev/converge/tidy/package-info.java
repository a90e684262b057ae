/** Old and large files that nobody needs any more. */
package dev.converge.tidy;
