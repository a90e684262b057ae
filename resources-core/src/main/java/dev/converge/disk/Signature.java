package dev.converge.disk;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * By what a device says what it holds.
 *
 * @param type of a file system or another use of the whole device; empty when there is none
 * @param label of a file system; empty when there is none
 * @param others everything else that is known of, such as a partition table; empty when there is none
 */
record Signature(String type, String label, String others) {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** blkid(8): nothing was found. */
    private static final int NOTHING = 2;

    /** Two programs are asked: nothing is on the device only where both say so. */
    static Signature of(Path device, Host host) throws IOException, InterruptedException {
        CommandResult blkid = run(host, "blkid", "-p", "-o", "export", "--", device.toString());
        if (blkid.exit() != 0 && blkid.exit() != NOTHING) {
            throw unreadable(device, blkid);
        }
        Map<String, String> found = new HashMap<>();
        for (String line : blkid.output().split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                found.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        CommandResult wipefs = run(host, "wipefs", "--noheadings", "--output", "TYPE", "--", device.toString());
        if (!wipefs.succeeded()) {
            throw unreadable(device, wipefs);
        }
        String others = wipefs.output().strip().replaceAll("\\s+", " and ");
        String table = found.getOrDefault("PTTYPE", "");
        return new Signature(
                found.getOrDefault("TYPE", ""), found.getOrDefault("LABEL", ""), others.isEmpty() ? table : others);
    }

    private static CommandResult run(Host host, String... words) throws IOException, InterruptedException {
        return host.commands().run(Command.of(words).timeout(LIMIT));
    }

    private static ResourceFailure unreadable(Path device, CommandResult result) {
        return new ResourceFailure(
                "What is on " + device + " cannot be told: "
                        + (result.timedOut() ? "it takes too long" : result.lastLines(3)),
                "As long as that is not known, nothing is formatted.");
    }

    boolean isNothing() {
        return type.isEmpty() && others.isEmpty();
    }

    String shown() {
        return type.isEmpty() ? others : type;
    }
}
