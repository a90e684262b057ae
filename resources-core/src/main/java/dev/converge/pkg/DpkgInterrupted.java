package dev.converge.pkg;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What dpkg leaves when it is killed: a journal of its own, without whose end apt installs nothing, and packages that are
 * unpacked and not configured. See dpkg(1), {@code --configure --pending}.
 */
final class DpkgInterrupted {
    private static final Path JOURNAL = Path.of("/var/lib/dpkg/updates");
    private static final Set<String> PENDING =
            Set.of("unpacked", "half-configured", "triggers-awaited", "triggers-pending");
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Host host;

    DpkgInterrupted(Host host) {
        this.host = host;
    }

    /** @throws ResourceFailure when another program keeps the packages locked, or dpkg cannot go on */
    void finish(Duration lockTimeout) throws IOException, InterruptedException {
        if (!hasJournal() && !isPending()) {
            return;
        }
        try {
            CommandResult result = configure(System.nanoTime() + lockTimeout.toNanos());
            // A package that cannot be configured is the failure of whoever declares it.
            if (isLocked(result) || result.timedOut() || hasJournal()) {
                throw AptFailure.of("Completing what dpkg was interrupted at", result);
            }
        } finally {
            host.invalidateAll();
        }
    }

    private CommandResult configure(long deadline) throws IOException, InterruptedException {
        Command command = Command.of("dpkg", "--force-confdef", "--force-confold", "--configure", "--pending")
                .environment(AptInstaller.ENVIRONMENT)
                .timeout(LONGEST);
        CommandResult result = host.commands().run(command);
        while (isLocked(result) && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE.toMillis());
            result = host.commands().run(command);
        }
        return result;
    }

    /** apt waits for the lock, dpkg does not. */
    private static boolean isLocked(CommandResult result) {
        return AptFailure.isLocked(result);
    }

    private boolean hasJournal() throws IOException {
        Path real = host.path(JOURNAL);
        if (!Files.isDirectory(real)) {
            return false;
        }
        try (Stream<Path> files = Files.list(real)) {
            return files.anyMatch(file -> file.getFileName().toString().matches("\\d+"));
        }
    }

    private boolean isPending() throws IOException, InterruptedException {
        return DpkgDatabase.of(host).entries().stream().anyMatch(entry -> PENDING.contains(entry.state()));
    }
}
