/**
 * Jobs of cron(8), each in a file of its own in {@code /etc/cron.d}. Crontabs of users are left to their users: they are
 * one file for all jobs, changed by a program that keeps no comments apart from jobs, and nothing in them says whose a
 * line is. A file has one owner, is written in one step, and shows in a diff.
 */
package dev.converge.cron;
