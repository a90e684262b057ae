package dev.converge.host;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Commands;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The facts that a host's owner adds in {@code /etc/converge/facts.d}: YAML and JSON files, and programs that print
 * YAML, JSON or lines of {@code key=value}. Later file names win; a broken file is a warning.
 */
final class CustomFacts {
    static final String FOLDER = "/etc/converge/facts.d";

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS = PosixFilePermissions.fromString("----w--w-");

    private final SystemFiles files;
    private final Commands commands;
    private final Map<String, Object> facts = new TreeMap<>();
    private final List<Diagnostic> warnings = new ArrayList<>();

    private CustomFacts(SystemFiles files, Commands commands) {
        this.files = files;
        this.commands = commands;
    }

    /**
     * The facts, and what was wrong with their files.
     *
     * @param facts a tree, sorted by name
     */
    record Result(Map<String, Object> facts, List<Diagnostic> warnings) {}

    static Result read(SystemFiles files, Commands commands, Set<String> reserved) {
        CustomFacts custom = new CustomFacts(files, commands);
        for (Path file : custom.list()) {
            try {
                custom.add(file, reserved);
            } catch (IOException | JacksonException | ResourceFailure e) {
                custom.warn(
                        file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                custom.warn(file, "It was interrupted.");
                break;
            }
        }
        return new Result(custom.facts, List.copyOf(custom.warnings));
    }

    private List<Path> list() {
        Path folder = files.at(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            warn(folder, "It cannot be listed: " + e.getMessage());
            return List.of();
        }
    }

    private void add(Path file, Set<String> reserved) throws IOException, InterruptedException {
        String name = file.getFileName().toString();
        Object tree;
        if (name.endsWith(".json")) {
            tree = parse(Files.readString(file), true);
        } else if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            tree = parse(Files.readString(file), false);
        } else if (Files.isExecutable(file)) {
            tree = execute(file);
        } else {
            warn(file, "It is neither a .yaml, .yml or .json file nor executable.");
            return;
        }
        if (!(tree instanceof Map<?, ?> map)) {
            warn(file, "It does not hold names with values.");
            return;
        }
        map.forEach((key, value) -> {
            if (reserved.contains(key.toString())) {
                warn(file, "It cannot replace the fact \"" + key + "\", which Converge reads itself.");
            } else if (value != null) {
                facts.put(key.toString(), value);
            }
        });
    }

    private Object execute(Path file) throws IOException, InterruptedException {
        if (Files.getPosixFilePermissions(file).stream().anyMatch(WRITABLE_BY_OTHERS::contains)) {
            throw new IOException("It is not run, since others than its owner may write it.");
        }
        String program = FOLDER + "/" + file.getFileName();
        CommandResult result = commands.run(Command.of(program).timeout(LIMIT));
        if (result.timedOut()) {
            throw new IOException("It took longer than " + LIMIT.toSeconds() + " seconds.");
        }
        if (result.exit() != 0) {
            throw new IOException("It ended with exit status " + result.exit() + ": " + result.lastLines(1));
        }
        String output = result.output().strip();
        boolean pairs = output.lines().allMatch(line -> line.isBlank() || line.matches("[\\w.-]+=.*"));
        return pairs ? pairs(output) : parse(output, output.startsWith("{"));
    }

    private static Map<String, Object> pairs(String output) {
        Map<String, Object> values = new LinkedHashMap<>();
        output.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1).strip());
        });
        return values;
    }

    private static Object parse(String text, boolean json) {
        ObjectMapper mapper = json
                ? JsonMapper.builder()
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .build()
                : YAMLMapper.builder()
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .build();
        return text.isBlank() ? Map.of() : mapper.readValue(text, Object.class);
    }

    private void warn(Path file, String what) {
        warnings.add(
                Diagnostic.warning(Code.FACTS, "Custom facts left out", FOLDER + "/" + file.getFileName() + ": " + what)
                        .suggest("Correct the file, or remove it."));
    }
}
