/** Runs specs without a build tool: compiles them, starts them, and tells what came of them. */
package dev.converge.testing.runner;
