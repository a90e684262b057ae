package dev.converge.accounts;

import java.util.Set;

/**
 * A line of group(5).
 *
 * @param members its additional members, in their order; users whose primary group it is are not among them
 */
record GroupEntry(String name, int gid, Set<String> members) {}
