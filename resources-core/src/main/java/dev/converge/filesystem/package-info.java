/** Files, links and folders of a host as the system calls see them, and writes that leave each of them old or new. */
package dev.converge.filesystem;
