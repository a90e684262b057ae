/** What Converge knows of the process that it is. */
package dev.converge.process;
