/** One run on a host from its lock to its kept report, whoever asks for it: a command, later the daemon. */
package dev.converge.session;
