/** The local host: everything that is read or written there goes through here. */
package dev.converge.host;
