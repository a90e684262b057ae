package dev.converge.accounts;

/** A line of passwd(5). */
record UserEntry(String name, int uid, int gid, String comment, String home, String shell) {}
