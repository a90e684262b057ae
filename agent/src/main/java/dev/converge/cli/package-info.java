/** The command line: the only place that prints, reads arguments and ends the process. */
package dev.converge.cli;
