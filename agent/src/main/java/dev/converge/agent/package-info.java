/** The agent: what its file says, its loop, and what it tells those who ask. */
package dev.converge.agent;
