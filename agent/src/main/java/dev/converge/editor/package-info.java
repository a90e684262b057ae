/** Lets an author edit what must never be on a disk. */
package dev.converge.editor;
