/** Parts of text files that belong to others: lines, marked blocks, settings; all else stays as it is, byte for byte. */
package dev.converge.textedit;
