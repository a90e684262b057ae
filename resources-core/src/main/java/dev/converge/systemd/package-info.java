/** What only systemd itself can be told or asked, by its library: notices of readiness, the journal, what moves. */
package dev.converge.systemd;
