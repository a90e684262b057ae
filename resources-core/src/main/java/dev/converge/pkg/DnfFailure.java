package dev.converge.pkg;

import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what went wrong from what dnf prints. */
final class DnfFailure {
    private static final int LOCKED = 200;
    private static final List<String> GENERAL = List.of(
            "No space left on device",
            "more space needed on",
            "Read-only file system",
            "superuser privileges",
            "Failed to download metadata for repo");
    private static final int LAST_LINES = 4;
    private static final int MOST_LINES = 6;
    private static final Pattern HOLDER = Pattern.compile("already locked by (\\d+)");
    private static final Pattern TELLING = Pattern.compile("(Error|No match for|Unable to|Problem|error).*|-\\s.*");

    private DnfFailure() {}

    static ResourceFailure of(String what, CommandResult result, Host host) {
        if (isLocked(result)) {
            Matcher holder = HOLDER.matcher(result.errors() + result.output());
            String by = holder.find()
                    ? "process " + holder.group(1) + ": " + command(holder.group(1), host)
                    : "another process";
            return new ResourceFailure(
                    "The package database is locked by " + by + ".", "Wait for its end, or raise lockTimeout.");
        }
        if (result.timedOut()) {
            return new ResourceFailure(what + " did not end in time and was ended.\n" + result.lastLines(LAST_LINES));
        }
        List<String> lines = (result.errors() + "\n" + result.output())
                .lines()
                .map(String::strip)
                .filter(line -> TELLING.matcher(line).matches())
                .distinct()
                .limit(MOST_LINES)
                .toList();
        return new ResourceFailure(
                what + " failed:\n" + (lines.isEmpty() ? result.lastLines(LAST_LINES) : String.join("\n", lines)));
    }

    /** Whether the failure is that another program changes packages; 200 is dnf 4's own exit status for it. */
    static boolean isLocked(CommandResult result) {
        return result.exit() == LOCKED || result.errors().contains("transaction lock on");
    }

    /** Whether it would fail for any package. */
    static boolean isGeneral(CommandResult result) {
        String said = result.errors() + result.output();
        return isLocked(result) || result.timedOut() || GENERAL.stream().anyMatch(said::contains);
    }

    private static String command(String pid, Host host) {
        boolean here = host.path(Path.of("/")).equals(Path.of("/"));
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(process -> here)
                .flatMap(process -> process.info().commandLine())
                .orElse("another dnf");
    }
}
