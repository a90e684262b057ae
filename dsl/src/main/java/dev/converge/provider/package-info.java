/** How a resource type reads and changes a host. */
package dev.converge.provider;
