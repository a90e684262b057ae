package dev.converge.sink;

import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Durations;
import dev.converge.model.InvalidValueException;
import dev.converge.yaml.Scalars;
import dev.converge.yaml.YamlMap;
import dev.converge.yaml.YamlMap.Text;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code reports} in {@code agent.yaml}. */
public final class SinkKeys {
    /** The types that there are, each with its keys besides {@code type}. */
    public static final Map<String, List<String>> TYPES = Map.of(
            "file", List.of("folder", "keep", "keepFor"),
            "http", List.of("url", "tokenFile", "caFile", "certificate", "key", "timeLimit", "spoolBytes", "spoolAge"),
            "prometheus", List.of("textfile", "listen"),
            "command", List.of("command", "timeLimit"));

    private static final int KEPT = 100;
    private static final int LEAST_SPOOL = 1 << 20;
    private static final long SPOOL_BYTES = 64L << 20;
    static final Duration SPOOL_AGE = Duration.ofDays(7);
    private static final Duration KEPT_FOR = Duration.ofDays(30);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final YamlMap map;

    private SinkKeys(YamlMap map) {
        this.map = map;
    }

    /** Empty when something is wrong with it, which has then been told. */
    public static Optional<SinkSettings> read(YamlMap map) {
        Optional<Text> type = map.required("type", "file");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        List<String> keys = TYPES.get(type.get().value());
        if (keys == null) {
            List<String> known = TYPES.keySet().stream().sorted().toList();
            map.problem(
                    type.get().at(),
                    "Bad value",
                    "There is no report of type \"" + type.get().value() + "\".",
                    Suggestions.didYouMean(type.get().value(), known)
                            .orElse("There are " + String.join(", ", known) + "."));
            return Optional.empty();
        }
        map.allow("type", keys);
        SinkKeys sink = new SinkKeys(map);
        return switch (type.get().value()) {
            case "file" -> Optional.of(sink.file());
            case "http" -> sink.http();
            case "prometheus" -> sink.prometheus();
            default -> sink.command();
        };
    }

    private SinkSettings file() {
        int keep = map.parsed(map.text("keep"), text -> Scalars.number(text, 1, 100_000))
                .orElse(KEPT);
        return new SinkSettings.FileSink(path("folder"), keep, lasting("keepFor", KEPT_FOR));
    }

    private Optional<SinkSettings> http() {
        Optional<URI> url = map.parsed(map.required("url", "https://reports.example.com/"), Scalars::webAddress);
        Optional<Path> token = path("tokenFile");
        SinkSettings.Tls tls = new SinkSettings.Tls(
                path("caFile"), path("certificate"), path("key").or(() -> path("certificate")));
        Duration limit = timeLimit();
        long bytes = map.parsed(map.text("spoolBytes"), text -> Scalars.number(text, LEAST_SPOOL, Integer.MAX_VALUE))
                .map(Integer::longValue)
                .orElse(SPOOL_BYTES);
        Duration age = lasting("spoolAge", SPOOL_AGE);
        if (map.has("key") && !map.has("certificate")) {
            map.problem(map.at("key"), "Missing key", "A private key needs its certificate.", "Add: certificate: FILE");
        }
        if (url.isPresent() && token.isPresent() && isOpen(url.get())) {
            map.problem(
                    map.at("tokenFile"),
                    "Bad value",
                    "The token would cross the network for everybody to read.",
                    "Write the address with https://.");
        }
        return url.map(address -> new SinkSettings.HttpSink(address, token, tls, limit, bytes, age));
    }

    private static boolean isOpen(URI address) {
        return address.getScheme().equals("http") && !LOOPBACK.contains(address.getHost());
    }

    private Optional<SinkSettings> prometheus() {
        if (!map.has("textfile") && !map.has("listen")) {
            map.problem(
                    map.at(),
                    "Missing key",
                    "\"textfile\" or \"listen\" is missing.",
                    "Add one, such as: textfile: /var/lib/node_exporter/converge.prom");
        }
        Optional<Path> textfile = map.parsed(map.text("textfile"), SinkKeys::textfile);
        return Optional.of(new SinkSettings.PrometheusSink(
                textfile, map.parsed(map.text("listen"), text -> Scalars.number(text, 1, 65_535))));
    }

    /** The collector reads files with this ending alone. */
    private static Path textfile(String text) {
        InvalidValueException.when(
                !text.endsWith(".prom"),
                "node_exporter does not read \"" + text + "\".",
                "Let its name end with .prom.");
        return Scalars.path(text);
    }

    private Optional<SinkSettings> command() {
        List<String> words = map.list("command").stream().map(Text::value).toList();
        if (words.isEmpty() && (!map.has("command") || map.isList("command"))) {
            map.problem(
                    map.at(),
                    "Missing key",
                    "\"command\" is missing or empty.",
                    "Add it as a list, such as: command: [/usr/local/bin/on-report]");
        }
        if (words.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SinkSettings.CommandSink(words, timeLimit()));
    }

    private Optional<Path> path(String key) {
        return map.parsed(map.text(key), Scalars::path);
    }

    private Duration lasting(String key, Duration usual) {
        return map.parsed(map.text(key), Durations::parse).orElse(usual);
    }

    private Duration timeLimit() {
        return map.parsed(map.text("timeLimit"), SinkKeys::limit).orElse(TIME_LIMIT);
    }

    private static Duration limit(String text) {
        Duration limit = Durations.parse(text);
        InvalidValueException.when(
                limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.compareTo(LONGEST) > 0,
                text + " is out of bounds.",
                "Write at least 1s and at most 1h.");
        return limit;
    }
}
