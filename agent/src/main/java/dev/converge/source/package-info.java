/** Where the agent's site comes from: fetched, trusted or refused, kept on disk. */
package dev.converge.source;
