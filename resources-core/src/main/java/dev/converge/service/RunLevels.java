package dev.converge.service;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Init scripts, and the links that say at which run levels they start. */
final class RunLevels {
    static final Path SCRIPTS = Path.of("/etc/init.d");

    private static final List<String> STARTING = List.of("S", "2", "3", "4", "5");

    private RunLevels() {}

    /** @param service with or without {@code .service} */
    static boolean hasScript(String service, Host host) {
        return Files.isExecutable(
                host.path(SCRIPTS.resolve(ServiceName.parse(service).script())));
    }

    /** Whether it is started at a run level other than that of a halt, a single user or a reboot. */
    static boolean starts(String service, Host host) throws IOException {
        String script = ServiceName.parse(service).script();
        for (String level : STARTING) {
            Path folder = host.path(Path.of("/etc/rc" + level + ".d"));
            if (Files.isDirectory(folder)) {
                try (Stream<Path> links = Files.list(folder)) {
                    if (links.anyMatch(link -> link.getFileName().toString().matches("S\\d\\d\\Q" + script + "\\E"))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    static List<String> names(Host host) throws IOException {
        Path folder = host.path(SCRIPTS);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> scripts = Files.list(folder)) {
            return scripts.filter(Files::isRegularFile)
                    .filter(Files::isExecutable)
                    .map(script -> script.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
