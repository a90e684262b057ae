/** Where the agent's reports go. */
package dev.converge.sink;
