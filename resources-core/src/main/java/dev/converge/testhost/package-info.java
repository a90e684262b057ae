/** Throw-away hosts with systemd, booted in half a second: for the tests of Converge, and for those of module authors. */
package dev.converge.testhost;
