package dev.converge.cli;

import dev.converge.diagnostic.SourceRange;
import dev.converge.language.Site;
import dev.converge.target.FirstBootPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The site that {@code --bootstrap} stands for where options say how Converge comes to a host: one use of its module. */
final class AgentManifest {
    private static final String ADDRESS = "https?://.*|/.*";
    private static final String KEY = "/etc/converge/data.key";

    private final Arguments arguments;

    AgentManifest(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Something that is done with the site while it is there. */
    interface Use<T> {
        T of(Path site) throws IOException;
    }

    boolean isGiven() {
        return arguments.has(Option.SITE_URL);
    }

    /** What is made of it, as coming from the option: of this manifest nobody knows. */
    static FirstBootPlan told(FirstBootPlan plan) {
        return plan.told(Site.ENTRY, SourceRange.outside(Option.INSTALL.word()));
    }

    <T> T use(Use<T> use) throws IOException {
        Path folder = Files.createTempDirectory("converge-bootstrap");
        try {
            Files.writeString(folder.resolve("converge.modules.yaml"), "modules:\n  convergeagent:\n");
            Files.writeString(folder.resolve(Site.ENTRY), text());
            return use.of(folder);
        } finally {
            clear(folder);
        }
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private String text() throws IOException {
        StringBuilder out = new StringBuilder();
        StringBuilder agent = new StringBuilder("include(Convergeagent) {\n");
        word(agent, "url", arguments.value(Option.SITE_URL));
        word(agent, "ref", arguments.value(Option.REF));
        List<String> installed =
                List.of(arguments.value(Option.INSTALL).orElse("").split(","));
        String converge = installed.get(installed.size() - 1);
        installed
                .subList(0, installed.size() - 1)
                .forEach(name -> out.append("pkg(").append(quoted(name)).append(") { tags 'Convergeagent' }\n"));
        if (converge.matches(ADDRESS)) {
            requireChecksum(converge);
            word(agent, "version", Optional.of(version(converge)));
            word(agent, "archiveSource", Optional.of(converge));
            word(agent, "archiveChecksum", arguments.value(Option.CHECKSUM));
        } else {
            word(agent, "packageName", Optional.of(converge).filter(name -> !name.isEmpty()));
        }
        if (arguments.value(Option.HOST_KEY).isPresent()) {
            agent.append("    secretFiles([")
                    .append(quoted(KEY))
                    .append(": ")
                    .append(quoted(key(arguments.value(Option.HOST_KEY).get())))
                    .append("])\n");
        }
        return out.append(agent).append("}\n").toString();
    }

    private void requireChecksum(String address) {
        if (arguments.value(Option.CHECKSUM).isEmpty()) {
            throw Failure.usage(
                    "Missing option",
                    "--install " + address + " needs --checksum, or nobody knows what comes.",
                    "Add --checksum sha256:…, as sha256sum prints it.");
        }
    }

    private static String key(String file) throws IOException {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (NoSuchFileException missing) {
            throw Failure.usage(
                    "No key", "There is no file " + file + ".", "converge data key " + file + " makes one.");
        }
    }

    private static void word(StringBuilder out, String name, Optional<String> value) {
        value.ifPresent(text ->
                out.append("    ").append(name).append(' ').append(quoted(text)).append('\n'));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** The archive's name without what tells its form, as the folder that it is unpacked to. */
    private static String version(String address) {
        String path = URI.create(address).getPath();
        return path.substring(path.lastIndexOf('/') + 1)
                .replaceFirst("\\.(tar\\.[a-z0-9]+|tgz|zip)$", "")
                .replaceFirst("^converge-", "");
    }
}
