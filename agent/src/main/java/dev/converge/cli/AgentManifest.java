package dev.converge.cli;

import dev.converge.language.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The site that {@code --bootstrap} stands for where options say how Converge comes to a host: one use of its module. */
final class AgentManifest {
    private static final String ADDRESS = "https?://.*";

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

    private String text() {
        StringBuilder out = new StringBuilder("include(Convergeagent) {\n");
        word(out, "url", arguments.value(Option.SITE_URL));
        word(out, "ref", arguments.value(Option.REF));
        Optional<String> install = arguments.value(Option.INSTALL);
        boolean archive = install.filter(what -> what.matches(ADDRESS)).isPresent();
        if (archive) {
            requireChecksum(install.orElseThrow());
            word(out, "version", install.map(AgentManifest::version));
            word(out, "archiveSource", install);
            word(out, "archiveChecksum", arguments.value(Option.CHECKSUM));
        } else {
            word(out, "packageName", install);
        }
        return out.append("}\n").toString();
    }

    private void requireChecksum(String address) {
        if (arguments.value(Option.CHECKSUM).isEmpty()) {
            throw Failure.usage(
                    "Missing option",
                    "--install " + address + " needs --checksum, or nobody knows what comes.",
                    "Add --checksum sha256:…, as sha256sum prints it.");
        }
    }

    private static void word(StringBuilder out, String name, Optional<String> value) {
        value.ifPresent(text -> out.append("    ")
                .append(name)
                .append(" '")
                .append(text.replace("\\", "\\\\").replace("'", "\\'"))
                .append("'\n"));
    }

    /** The archive's name without what tells its form, as the folder that it is unpacked to. */
    private static String version(String address) {
        String path = URI.create(address).getPath();
        return path.substring(path.lastIndexOf('/') + 1)
                .replaceFirst("\\.(tar\\.[a-z0-9]+|tgz|zip)$", "")
                .replaceFirst("^converge-", "");
    }
}
