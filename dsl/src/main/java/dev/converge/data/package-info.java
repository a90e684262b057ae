/** Values for a site, level by level: files and other places that a lookup asks, each value with its place. */
package dev.converge.data;
