/** What Converge keeps on a host between runs: the lock, the reports, and copies of what was replaced. */
package dev.converge.state;
