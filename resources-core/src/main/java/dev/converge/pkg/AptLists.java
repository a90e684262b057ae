package dev.converge.pkg;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The lists of what the host's package sources offer: how old they are, and their refreshment. */
final class AptLists {
    private static final Path LISTS = Path.of("/var/lib/apt/lists");
    private static final Path SOURCES = Path.of("/etc/apt/sources.list.d");
    // An update that finds nothing new touches only some of these.
    private static final List<Path> UPDATED =
            List.of(LISTS, LISTS.resolve("partial"), Path.of("/var/lib/apt/periodic/update-success-stamp"));
    private static final Duration LONGEST_UPDATE = Duration.ofMinutes(10);

    private final Host host;

    private AptLists(Host host) {
        this.host = host;
    }

    static AptLists of(Host host) throws IOException, InterruptedException {
        return host.database(AptLists.class, AptLists::new);
    }

    /** Whether this run has refreshed the lists, so that asking again would give the same. */
    boolean isRefreshed() throws IOException, InterruptedException {
        return Refreshed.of(host).done() && !isBehindSources();
    }

    boolean isOlderThan(Duration age) throws IOException {
        return lastUpdate().isBefore(Instant.now().minus(age)) || isBehindSources();
    }

    /** Whether the sources have changed since: the lists say nothing of what is new there. */
    boolean isBehindSources() throws IOException {
        Path sources = host.path(SOURCES);
        Instant newest = changed(host.path(Path.of("/etc/apt/sources.list")));
        newest = later(newest, changed(sources));
        if (Files.isDirectory(sources)) {
            try (Stream<Path> files = Files.list(sources)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    newest = later(newest, changed(file));
                }
            }
        }
        return newest.isAfter(lastUpdate());
    }

    /** Fetches the lists anew; what could not be fetched, when something could not. */
    synchronized Optional<String> refresh(Duration lockTimeout) throws IOException, InterruptedException {
        Command update = Command.of("apt-get", "-q", "-o", "DPkg::Lock::Timeout=" + lockTimeout.toSeconds(), "update")
                .environment(AptInstaller.ENVIRONMENT)
                .timeout(LONGEST_UPDATE.plus(lockTimeout));
        CommandResult result = host.commands().run(update);
        Refreshed.of(host).mark();
        return result.succeeded()
                ? Optional.empty()
                : Optional.ofNullable(AptFailure.of("apt-get update", result).getMessage());
    }

    private Instant lastUpdate() throws IOException {
        Instant last = Instant.EPOCH;
        for (Path path : UPDATED) {
            last = later(last, changed(host.path(path)));
        }
        return last;
    }

    private static Instant changed(Path path) throws IOException {
        return Files.exists(path) ? Files.getLastModifiedTime(path).toInstant() : Instant.EPOCH;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
