/** Reads YAML to nodes that know their places. */
package dev.converge.yaml;
