package dev.converge.aptrepository;

import dev.converge.filesystem.TextFile;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The priority of a repository's packages, by the servers that they come from: apt_preferences(5). */
final class Pin {
    private static final Pattern PRIORITY = Pattern.compile("(?m)^Pin-Priority: (-?\\d+)$");

    private static final Path LIST = Path.of("/etc/apt/sources.list");
    private static final Path PARTS = Path.of("/etc/apt/sources.list.d");
    private static final Pattern READ = Pattern.compile(".*\\.(?:list|sources)");

    private Pin() {}

    static String text(List<String> uris, int priority) {
        return uris.stream()
                .map(Pin::server)
                .distinct()
                .map(server -> "Package: *\nPin: origin \"" + server + "\"\nPin-Priority: " + priority + "\n")
                .collect(Collectors.joining("\n"));
    }

    /** The priority that a file gives, when it gives one and nothing else. */
    static Optional<Integer> in(String text, List<String> uris) {
        Matcher matcher = PRIORITY.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        int priority = Integer.parseInt(matcher.group(1));
        return text.equals(text(uris, priority)) ? Optional.of(priority) : Optional.empty();
    }

    /**
     * apt knows of a package only the server that it came from, not the repository there.
     *
     * @throws ResourceFailure when another repository of this host has the same server: the priority would be that of
     *     its packages too
     */
    static void requireOwnServer(AptRepositoryResource desired, Host host) throws IOException {
        List<String> servers = desired.uris().orElse(List.of()).stream()
                .map(Pin::server)
                .filter(server -> !server.isEmpty())
                .distinct()
                .toList();
        for (Path source : otherSources(desired.name(), host)) {
            String text = TextFile.read(source, host).text();
            for (String server : servers) {
                if (names(text, server)) {
                    String suite = desired.suites().orElse(List.of()).stream()
                            .findFirst()
                            .orElse("…");
                    throw new ResourceFailure(
                            "pinPriority would also hold for what " + source + " takes from " + server
                                    + ": apt tells packages apart by their server only.",
                            "Leave it out, and declare a file in /etc/apt/preferences.d that names the release, as in"
                                    + " 'Pin: release n=" + suite + "'; see apt_preferences(5).");
                }
            }
        }
    }

    private static List<Path> otherSources(RepositoryName own, Host host) throws IOException {
        List<Path> others = new ArrayList<>(List.of(LIST));
        Path folder = host.path(PARTS);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> parts = Files.list(folder)) {
                parts.map(part -> PARTS.resolve(part.getFileName()))
                        .filter(part -> READ.matcher(part.toString()).matches())
                        .filter(part -> !part.equals(own.sources()))
                        .sorted()
                        .forEach(others::add);
            }
        }
        return others;
    }

    private static boolean names(String text, String server) {
        Pattern address = Pattern.compile("//(?:[^/@\\s]*@)?" + Pattern.quote(server) + "(?::\\d+)?(?:[/\\s]|$)");
        return text.lines().filter(line -> !line.stripLeading().startsWith("#")).anyMatch(line -> address.matcher(line)
                .find());
    }

    /** Empty for a folder on the host itself. */
    private static String server(String uri) {
        int scheme = uri.indexOf(':');
        boolean wrapped = uri.substring(0, scheme).contains("+");
        String plain = wrapped ? uri.substring(uri.indexOf('+') + 1) : uri;
        return Optional.ofNullable(URI.create(plain).getHost()).orElse("");
    }
}
