package dev.converge.agent;

import dev.converge.git.GitAddress;
import dev.converge.model.InvalidValueException;
import dev.converge.source.SourceSettings;
import dev.converge.tidy.FileSize;
import dev.converge.yaml.Scalars;
import dev.converge.yaml.YamlMap;
import dev.converge.yaml.YamlMap.Text;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code source} of {@code agent.yaml}. */
final class SourceKeys {
    static final List<String> KEYS = List.of(
            "url",
            "ref",
            "path",
            "allowedSigners",
            "pgpKeys",
            "sshKey",
            "knownHosts",
            "username",
            "passwordFile",
            "caFile",
            "allowRewind",
            "submodules",
            "timeLimit",
            "sizeLimit");

    static final String EXAMPLE = "{ url: 'https://git.example.com/site.git', ref: main }";

    private static final long LEAST_SIZE = 1 << 20;

    private final YamlMap map;

    private SourceKeys(YamlMap map) {
        this.map = map.allow(KEYS);
    }

    /** Empty when something is wrong, which has then been told. */
    static Optional<SourceSettings> read(YamlMap file) {
        if (!file.has("source") || file.isNothing("source")) {
            file.problem(
                    file.at(),
                    "Missing key",
                    "\"source\" is missing: nobody knows which site this host follows.",
                    "Add: source: " + EXAMPLE);
        }
        return file.map("source", EXAMPLE).flatMap(map -> new SourceKeys(map).settings());
    }

    private Optional<SourceSettings> settings() {
        Optional<GitAddress> url =
                map.parsed(map.required("url", "https://git.example.com/site.git"), GitAddress::parse);
        Optional<String> path = map.parsed(textOrNothing("path"), SourceKeys::folder);
        boolean allowRewind = truth("allowRewind");
        boolean submodules = truth("submodules");
        Duration limit =
                map.parsed(map.text("timeLimit"), Limits::atLeastASecond).orElse(SourceSettings.USUAL_TIME);
        long size = map.parsed(map.text("sizeLimit"), SourceKeys::size).orElse(SourceSettings.USUAL_SIZE);
        Optional<Path> password = file("passwordFile");
        url.filter(address -> address.isOpen() && password.isPresent()).ifPresent(this::refusePassword);
        Optional<String> ref = map.parsed(map.text("ref"), SourceKeys::ref);
        return url.map(address -> new SourceSettings(
                address,
                ref.orElse(SourceSettings.USUAL_REF),
                path.orElse(""),
                file("allowedSigners"),
                file("pgpKeys"),
                file("sshKey"),
                file("knownHosts"),
                map.text("username").map(Text::value),
                password,
                file("caFile"),
                allowRewind,
                submodules,
                limit,
                size,
                true));
    }

    private void refusePassword(GitAddress address) {
        map.problem(
                map.at("passwordFile"),
                "Bad value",
                address.isHttp()
                        ? "The password would cross the network for everybody to read."
                        : "git:// takes no password.",
                "Write the address with https://.");
    }

    private static long size(String text) {
        long bytes = FileSize.parse(text).bytes();
        InvalidValueException.when(bytes < LEAST_SIZE, text + " is out of bounds.", "Write at least 1M.");
        return bytes;
    }

    private Optional<Path> file(String key) {
        return map.parsed(map.has(key) ? map.text(key) : Optional.empty(), Scalars::path);
    }

    private boolean truth(String key) {
        return map.parsed(map.text(key), Scalars::truth).orElse(false);
    }

    /** An empty text is as good as none: {@code path: ''}. */
    private Optional<Text> textOrNothing(String key) {
        return map.text(key).filter(text -> !text.value().isEmpty());
    }

    private static String ref(String text) {
        InvalidValueException.when(
                text.isBlank() || text.startsWith("-") || text.matches(".*\\s.*"),
                "\"" + text + "\" is not the name of a branch, tag or commit.",
                "Write it such as main or production.");
        return text;
    }

    private static String folder(String text) {
        String advice = "Write a folder of the repository, such as sites/web.";
        try {
            Path path = Path.of(text).normalize();
            InvalidValueException.when(
                    path.isAbsolute() || path.startsWith(".."),
                    "\"" + text + "\" does not lie in the repository.",
                    advice);
            return path.toString();
        } catch (InvalidPathException e) {
            throw new InvalidValueException("\"" + text + "\" is not a path.", advice);
        }
    }
}
