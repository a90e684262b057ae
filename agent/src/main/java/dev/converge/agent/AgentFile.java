package dev.converge.agent;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.OnDrift;
import dev.converge.model.Window;
import dev.converge.process.Authors;
import dev.converge.report.IoReason;
import dev.converge.sink.SinkKeys;
import dev.converge.sink.SinkSettings;
import dev.converge.source.SourceSettings;
import dev.converge.yaml.Scalars;
import dev.converge.yaml.YamlMap;
import dev.converge.yaml.YamlMap.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code agent.yaml}: all that is wrong with it in one go, each at its place. */
public final class AgentFile {
    private static final String EXAMPLE = "source: " + SourceKeys.EXAMPLE;

    /** Where it is on a host. */
    public static final Path USUAL = Path.of("/etc/converge/agent.yaml");

    static final List<String> KEYS = List.of(
            "source",
            "interval",
            "splay",
            "timeLimit",
            "windows",
            "stateDir",
            "onDrift",
            "drift",
            "tags",
            "jobs",
            "environment",
            "reports",
            "logLevel");
    static final List<String> DRIFT_KEYS = List.of("events", "debounce");

    private static final Path USUAL_STATE = Path.of("/var/lib/converge");
    private static final int MOST_JOBS = 999;
    private static final Duration LONGEST_QUIET = Duration.ofMinutes(1);

    private final YamlMap map;

    private AgentFile(YamlMap map) {
        this.map = map.allow(KEYS);
    }

    /** What the file says; it decides what root does, so nobody else may have written it. */
    public static Checked<AgentSettings> read(Path file) {
        return read(file, text -> read(file.toString(), text));
    }

    /**
     * Where the agent keeps what outlives it, by as much of the file as can be understood: an agent that runs is asked
     * and disabled whatever mistakes somebody has made in the file since.
     */
    public static Checked<Path> stateDir(Path file) {
        return read(
                file,
                text -> Checked.of(YamlMap.read(file.toString(), text, Code.BAD_VALUE, ignored -> {})
                        .map(AgentFile::stateDir)
                        .orElse(USUAL_STATE)));
    }

    private static <T> Checked<T> read(Path file, Function<String, Checked<T>> reader) {
        try {
            Optional<String> objection = Authors.objection(file);
            if (objection.isPresent()) {
                return Checked.failed(
                        Diagnostic.error(Code.FORBIDDEN, "Others can write it", file + " " + objection.get() + ".")
                                .at(SourceRange.point(file.toString(), 1, 1))
                                .suggest("Look who has written what into it, then: chown root " + file
                                        + " && chmod go-w " + file));
            }
            return reader.apply(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Checked.failed(Diagnostic.error(
                            Code.USAGE,
                            "No settings",
                            file + " does not exist: nobody knows which site this host follows.")
                    .suggest("Write one: " + EXAMPLE));
        } catch (IOException e) {
            return Checked.failed(Diagnostic.error(
                            Code.USAGE, "Cannot be read", IoReason.of(e).sentence())
                    .suggest(IoReason.of(e).advice()));
        }
    }

    /** @param file its path, for diagnostics */
    static Checked<AgentSettings> read(String file, String text) {
        List<Diagnostic> problems = new ArrayList<>();
        Optional<AgentSettings> settings = YamlMap.read(file, text, Code.BAD_VALUE, EXAMPLE, problems::add)
                .flatMap(map -> new AgentFile(map).settings());
        return settings.isPresent() && problems.isEmpty() ? Checked.of(settings.get()) : Checked.failed(problems);
    }

    private Optional<AgentSettings> settings() {
        Optional<SourceSettings> source = SourceKeys.read(map);
        Schedule schedule = schedule();
        Conduct conduct = conduct(source.map(SourceSettings::ref).orElse(""));
        DriftSettings drift = drift();
        Path stateDir = stateDir(map);
        List<SinkSettings> reports = new ArrayList<>();
        map.maps("reports").forEach(sink -> SinkKeys.read(sink).ifPresent(reports::add));
        LogLevel level = map.parsed(map.text("logLevel"), AgentFile::level).orElse(LogLevel.INFO);
        return source.map(known -> new AgentSettings(known, schedule, conduct, drift, stateDir, reports, level));
    }

    private static Path stateDir(YamlMap map) {
        return map.parsed(map.text("stateDir"), Scalars::path).orElse(USUAL_STATE);
    }

    private Schedule schedule() {
        List<Window> windows = new ArrayList<>();
        for (Text text : map.list("windows")) {
            map.parsed(Optional.of(text), Window::parse).ifPresent(windows::add);
        }
        return new Schedule(
                map.parsed(map.text("interval"), Limits::atLeastAMinute).orElse(Duration.ofMinutes(30)),
                map.parsed(map.text("splay"), Limits::atMostAYear).orElse(Duration.ZERO),
                windows);
    }

    private Conduct conduct(String ref) {
        Set<String> tags = map.list("tags").stream().map(Text::value).collect(Collectors.toSet());
        return new Conduct(
                map.parsed(map.text("onDrift"), AgentFile::onDrift).orElse(OnDrift.ENFORCE),
                tags,
                map.parsed(map.text("jobs"), text -> Scalars.number(text, 1, MOST_JOBS))
                        .orElse(Runtime.getRuntime().availableProcessors()),
                map.parsed(map.text("timeLimit"), Limits::atLeastASecond).orElse(Duration.ofHours(1)),
                map.text("environment").map(Text::value).orElse(ref));
    }

    private DriftSettings drift() {
        Optional<YamlMap> drift = map.map("drift").map(known -> known.allow(DRIFT_KEYS));
        return new DriftSettings(
                drift.flatMap(known -> known.parsed(known.text("events"), Scalars::truth))
                        .orElse(true),
                drift.flatMap(known -> known.parsed(
                                known.text("debounce"), text -> Limits.between(Duration.ZERO, LONGEST_QUIET, text)))
                        .orElse(Duration.ofMillis(30)));
    }

    private static OnDrift onDrift(String text) {
        return OnDrift.valueOf(Scalars.oneOf(List.of("enforce", "report"), text).toUpperCase(Locale.ROOT));
    }

    private static LogLevel level(String text) {
        return LogLevel.valueOf(Scalars.oneOf(List.of("error", "warning", "info", "debug"), text)
                .toUpperCase(Locale.ROOT));
    }
}
