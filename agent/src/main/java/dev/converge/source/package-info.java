/** Where the agent gets its site from: a branch, tag or commit of a Git repository, signed by those who may, and kept for when it cannot be reached. */
package dev.converge.source;
