/** Who may log in with which key; see sshd(8), section AUTHORIZED_KEYS FILE FORMAT. */
package dev.converge.ssh;
