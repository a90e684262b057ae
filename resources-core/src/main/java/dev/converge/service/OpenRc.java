package dev.converge.service;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.WatchPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Services of OpenRC: all that run in one call, and links in the run levels. */
final class OpenRc extends ScriptedInit {
    /** There while OpenRC runs. */
    static final Path STATE = Path.of("/run/openrc");

    private static final Path RUN_LEVELS = Path.of("/etc/runlevels");
    private static final Duration QUERY = Duration.ofMinutes(1);

    /** The names of all services that run. */
    private record Started(Set<String> names) {
        static Started read(Host host) throws IOException, InterruptedException {
            if (!Files.isDirectory(host.path(STATE))) {
                return new Started(Set.of());
            }
            CommandResult result = host.commands()
                    .run(Command.of("rc-status", "--all", "--format", "ini").timeout(QUERY));
            if (!result.succeeded()) {
                throw new ResourceFailure(
                        "OpenRC does not tell the state of its services: " + result.lastLines(3), "Run 'rc-status'.");
            }
            return parse(result.output());
        }

        /** Lines such as {@code nginx =  started}, between names of run levels in brackets. */
        static Started parse(String output) {
            return new Started(output.lines()
                    .map(line -> line.split("=", 2))
                    .filter(words -> words.length == 2 && words[1].strip().equals("started"))
                    .map(words -> words[0].strip())
                    .collect(Collectors.toSet()));
        }
    }

    @Override
    public List<WatchPoint> watched(String unit) {
        return List.of(new WatchPoint.Tree(RUN_LEVELS), new WatchPoint.Tree(STATE.resolve("started")));
    }

    @Override
    boolean runs(String script, Host host) throws IOException, InterruptedException {
        return host.database(Started.class, Started::read).names().contains(script);
    }

    @Override
    boolean starts(String script, Host host) throws IOException {
        return !levelsOf(script, host).isEmpty();
    }

    /** The run levels that start it. */
    private static List<String> levelsOf(String script, Host host) throws IOException {
        Path levels = host.path(RUN_LEVELS);
        if (!Files.isDirectory(levels)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(levels)) {
            return folders.filter(level -> Files.exists(level.resolve(script), LinkOption.NOFOLLOW_LINKS))
                    .map(level -> level.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    List<String> command(String script, String verb) {
        return List.of("rc-service", script, verb);
    }

    @Override
    List<List<String>> atBoot(String script, boolean enabled, Host host) throws IOException {
        if (enabled) {
            return List.of(List.of("rc-update", "add", script, "default"));
        }
        List<String> words = new ArrayList<>(List.of("rc-update", "delete", script));
        words.addAll(levelsOf(script, host));
        return List.of(words);
    }

    @Override
    void forget(Host host) {
        host.invalidate(Started.class);
    }
}
