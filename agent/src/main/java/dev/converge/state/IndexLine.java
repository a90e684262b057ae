package dev.converge.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One line of the backups' index, as far as it tells how long it is worth keeping.
 *
 * @param text the line; a character stands for a byte, so that it is written back as it was
 * @param fields what it says in plain text; none when it cannot be read
 */
record IndexLine(String text, Map<String, String> fields) {
    private static final Pattern DIGEST = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");
    private static final List<String> NEEDED = List.of("run", "time", "path", "type");
    private static final JsonFactory JSON = new JsonFactory();

    /** The lines of a file, in their order. */
    static List<IndexLine> read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isBlank()).map(IndexLine::of).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static IndexLine of(String text) {
        Map<String, String> fields = new HashMap<>();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    fields.put(parser.currentName(), parser.getString());
                }
            }
        } catch (JacksonException e) {
            fields.clear();
        }
        return new IndexLine(text, Map.copyOf(fields));
    }

    /** Whether it can be read; a crash may have cut it short, or a disk spoilt it. */
    boolean isWhole() {
        return fields.keySet().containsAll(NEEDED) && time().isPresent();
    }

    String run() {
        return fields.get("run");
    }

    String path() {
        return fields.get("path");
    }

    Optional<Instant> time() {
        try {
            return Optional.of(Instant.parse(fields.getOrDefault("time", "")));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The contents that putting it back takes: its own, and those that its listing names. */
    Set<String> digests(ObjectStore objects) throws IOException {
        Set<String> found = digestsIn(text);
        if (fields.containsKey("listing")) {
            for (String listing : Set.copyOf(found)) {
                found.addAll(digestsIn(objects.path(listing)));
            }
        }
        return found;
    }

    /** Whatever in a file looks like a digest; none without the file. */
    static Set<String> digestsIn(Path file) throws IOException {
        try {
            return digestsIn(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Set.of();
        }
    }

    private static Set<String> digestsIn(String text) {
        return DIGEST.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
