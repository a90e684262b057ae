package dev.converge.container;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The services of all Quadlet files, asked for at once.
 *
 * @param active names of those that run
 */
record QuadletServices(Set<String> active) {
    static final Path FOLDER = Path.of("/etc/containers/systemd");
    private static final String SUFFIX = ".container";

    static QuadletServices on(Host host) throws IOException, InterruptedException {
        return host.database(QuadletServices.class, QuadletServices::read);
    }

    boolean isActive(String service) {
        return active.contains(service);
    }

    private static QuadletServices read(Host host) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("systemctl", "show", "--property=Id,ActiveState"));
        int options = argv.size();
        try (Stream<Path> files = Files.list(host.path(FOLDER))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .sorted()
                    .forEach(name -> argv.add(name.substring(0, name.length() - SUFFIX.length()) + ".service"));
        }
        if (argv.size() == options) {
            return new QuadletServices(Set.of());
        }
        CommandResult result = host.commands().run(Command.of(argv));
        Set<String> active = new TreeSet<>();
        for (String unit : result.output().split("\n\n")) {
            if (unit.contains("ActiveState=active")) {
                unit.lines()
                        .filter(line -> line.startsWith("Id="))
                        .forEach(line -> active.add(line.substring("Id=".length())));
            }
        }
        return new QuadletServices(active);
    }
}
