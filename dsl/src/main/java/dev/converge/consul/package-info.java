/** Reads what Consul keeps under a prefix of its keys. */
package dev.converge.consul;
