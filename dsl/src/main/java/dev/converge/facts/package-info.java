/** What is known of a host, typed, each fact read only when a manifest asks for it. */
package dev.converge.facts;
