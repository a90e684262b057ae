/** What makes machines at their first boot, rendered for each when it asks: {@code converge serve}. */
package dev.converge.serve;
