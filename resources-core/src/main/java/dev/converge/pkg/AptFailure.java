package dev.converge.pkg;

import dev.converge.provider.CommandResult;
import dev.converge.provider.ResourceFailure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells what went wrong from what apt and dpkg print. */
public final class AptFailure {
    private static final int LAST_LINES = 4;
    private static final int MOST_LINES = 6;
    private static final Pattern HELD_BY = Pattern.compile("(?:held by process|another process with pid) (\\d{1,9})");

    private AptFailure() {}

    /** @param what was being done, as the beginning of a sentence */
    public static ResourceFailure of(String what, CommandResult result) {
        Optional<Long> holder = lockHolder(result);
        if (isLocked(result)) {
            return new ResourceFailure(
                    "The package database is locked"
                            + holder.map(pid -> " by process " + pid + ": " + command(pid))
                                    .orElse(" by another process")
                            + ".",
                    "Wait for its end, or raise lockTimeout.");
        }
        if (result.timedOut()) {
            return new ResourceFailure(what + " did not end in time and was ended.\n" + result.lastLines(LAST_LINES));
        }
        String said = errors(result);
        return said.contains("need to be removed but remove is disabled")
                ? new ResourceFailure(
                        what + " would remove other packages.",
                        "Look with apt-get --simulate which they are, and declare them absent too.")
                : new ResourceFailure(what + " failed:\n" + said);
    }

    /** Whether the failure is that another program installs packages, and so not one of the packages. */
    static boolean isLocked(CommandResult result) {
        boolean refused =
                result.errors().contains("Permission denied") || result.errors().contains("are you root");
        return !refused
                && (result.errors().contains("Could not get lock")
                        || result.errors().contains("Unable to acquire the dpkg frontend lock")
                        || result.errors().contains("lock was locked by another process"));
    }

    private static String errors(CommandResult result) {
        List<String> lines = (result.errors() + "\n" + result.output())
                .lines()
                .filter(line -> line.startsWith("E: ") || line.startsWith("dpkg: error") || line.startsWith(" "))
                .map(String::strip)
                .distinct()
                .limit(MOST_LINES)
                .toList();
        boolean told = lines.stream().anyMatch(line -> line.startsWith("E: ") || line.startsWith("dpkg:"));
        return told ? lines.stream().collect(Collectors.joining("\n")) : result.lastLines(LAST_LINES);
    }

    private static Optional<Long> lockHolder(CommandResult result) {
        Matcher holder = HELD_BY.matcher(result.errors() + result.output());
        return holder.find() ? Optional.of(Long.parseLong(holder.group(1))) : Optional.empty();
    }

    private static String command(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().commandLine())
                .orElse("which has ended since");
    }
}
