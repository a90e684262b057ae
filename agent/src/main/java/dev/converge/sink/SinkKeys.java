package dev.converge.sink;

import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Durations;
import dev.converge.yaml.Scalars;
import dev.converge.yaml.YamlMap;
import dev.converge.yaml.YamlMap.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one entry of {@code reports} in {@code agent.yaml}. */
public final class SinkKeys {
    /** The types that there are, each with its keys besides {@code type}. */
    public static final Map<String, List<String>> TYPES = Map.of(
            "file", List.of("folder", "keep"),
            "http", List.of("url", "tokenFile", "caFile", "certificate", "key", "spoolBytes", "spoolAge"),
            "prometheus", List.of("textfile", "listen"),
            "command", List.of("command", "timeLimit"));

    private static final int KEPT = 100;
    private static final long SPOOL_BYTES = 64L << 20;
    private static final Duration SPOOL_AGE = Duration.ofDays(7);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private SinkKeys() {}

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
        return switch (type.get().value()) {
            case "file" -> Optional.of(file(map));
            case "http" -> http(map);
            case "prometheus" -> prometheus(map);
            default -> command(map);
        };
    }

    private static SinkSettings file(YamlMap map) {
        int keep = map.parsed(map.text("keep"), text -> Scalars.number(text, 1, 100_000))
                .orElse(KEPT);
        return new SinkSettings.FileSink(map.parsed(map.text("folder"), Scalars::path), keep);
    }

    private static Optional<SinkSettings> http(YamlMap map) {
        return map.parsed(map.required("url", "https://reports.example.com/"), Scalars::webAddress)
                .map(url -> new SinkSettings.HttpSink(
                        url,
                        map.parsed(map.text("tokenFile"), Scalars::path),
                        map.parsed(map.text("caFile"), Scalars::path),
                        map.parsed(map.text("certificate"), Scalars::path),
                        map.parsed(map.text("key"), Scalars::path),
                        map.parsed(map.text("spoolBytes"), text -> Scalars.number(text, 1 << 20, Integer.MAX_VALUE))
                                .map(Integer::longValue)
                                .orElse(SPOOL_BYTES),
                        map.parsed(map.text("spoolAge"), Durations::parse).orElse(SPOOL_AGE)));
    }

    private static Optional<SinkSettings> prometheus(YamlMap map) {
        if (!map.has("textfile") && !map.has("listen")) {
            map.problem(
                    map.at(),
                    "Missing key",
                    "\"textfile\" or \"listen\" is missing.",
                    "Add one, such as: textfile: /var/lib/node_exporter/converge.prom");
        }
        return Optional.of(new SinkSettings.PrometheusSink(
                map.parsed(map.text("textfile"), Scalars::path),
                map.parsed(map.text("listen"), text -> Scalars.number(text, 1, 65_535))));
    }

    private static Optional<SinkSettings> command(YamlMap map) {
        List<String> words = map.list("command").stream().map(Text::value).toList();
        if (words.isEmpty()) {
            map.problem(
                    map.at(),
                    "Missing key",
                    "\"command\" is missing or empty.",
                    "Add it as a list, such as: command: [/usr/local/bin/on-report]");
            return Optional.empty();
        }
        Duration limit = map.parsed(map.text("timeLimit"), Durations::parse).orElse(TIME_LIMIT);
        return Optional.of(new SinkSettings.CommandSink(words, limit));
    }
}
