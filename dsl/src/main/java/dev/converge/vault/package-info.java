/** Encrypted values in data files: the key, the cipher, and the document as its author edits it. */
package dev.converge.vault;
