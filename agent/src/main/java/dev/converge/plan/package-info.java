/** What a dry run foresaw, written down to be reviewed, and held against the host before it is made. */
package dev.converge.plan;
