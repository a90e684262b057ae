/** What is wrong, where, why it matters and what to do: values first, printing last. */
package dev.converge.diagnostic;
