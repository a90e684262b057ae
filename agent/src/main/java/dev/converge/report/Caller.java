package dev.converge.report;

import java.util.Optional;

/**
 * Who started a run, and how.
 *
 * @param version which Converge
 * @param command the command line
 * @param uid number of the account
 * @param user its name
 * @param sudo the account that became this one by sudo(8)
 */
public record Caller(String version, String command, int uid, String user, Optional<String> sudo) {}
