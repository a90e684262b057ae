package dev.converge.state;

import dev.converge.report.KilledRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run's journal as it was left.
 *
 * @param file where it is
 * @param header its first line; empty when not even that one is whole
 * @param events the lines after it that are whole
 */
record PastJournal(Path file, Optional<JsonNode> header, List<JsonNode> events) {
    /** In milliseconds; the kernel counts the starts of processes in ticks, and from its boot. */
    private static final long CLOCK_TICK = 1000;

    static PastJournal read(Path file) throws IOException {
        Optional<JsonNode> header = Optional.empty();
        List<JsonNode> events = new ArrayList<>();
        for (String line : LineFile.read(file)) {
            Optional<JsonNode> read = parsed(line);
            if (read.isPresent() && read.get().has("schema")) {
                header = read;
            } else {
                read.ifPresent(events::add);
            }
        }
        return new PastJournal(file, header, events);
    }

    /** A line that a crash has cut short is no object of JSON. */
    private static Optional<JsonNode> parsed(String line) {
        try {
            return Optional.of(JsonMapper.shared().readTree(line)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Its place among the open ones: a clock may go backwards, this does not. */
    long number() {
        return header.map(line -> line.path("number").asLong(0)).orElse(0L);
    }

    String run() {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - JournalFolder.SUFFIX.length());
    }

    Debtor debtor() {
        return new Debtor(text("command").orElse(""), text("site"));
    }

    private Optional<String> text(String name) {
        return header.map(line -> line.path(name).asString("")).filter(text -> !text.isEmpty());
    }

    boolean isEnded() {
        return events.stream()
                .anyMatch(event -> event.path("event").asString("").equals("ended"));
    }

    /** Whether the process that wrote it may still be there: one of its number that is not younger than the journal. */
    boolean isOfLiveProcess() {
        long pid = header.map(line -> line.path("pid").asLong(0)).orElse(0L);
        long began = header.map(line -> line.path("began").asLong(0)).orElse(0L);
        return ProcessHandle.of(pid)
                .map(process -> process.info().startInstant())
                .filter(start -> start.isEmpty() || start.get().toEpochMilli() <= began + CLOCK_TICK)
                .isPresent();
    }

    /** What it tells of a run that has no report. */
    KilledRun killed() {
        Set<String> changed = new LinkedHashSet<>();
        Set<String> begun = new LinkedHashSet<>();
        for (JsonNode event : events) {
            String id = event.path("id").asString("");
            switch (event.path("event").asString("")) {
                case "started", "refreshing" -> begun.add(id);
                case "done", "refreshed" -> {
                    begun.remove(id);
                    changed.add(id);
                }
                case "failed" -> begun.remove(id);
                default -> {
                    // says nothing of what was changed
                }
            }
        }
        Optional<Instant> started = header.map(line -> line.path("began").asLong(0))
                .filter(millis -> millis > 0)
                .map(Instant::ofEpochMilli);
        return new KilledRun(run(), started, debtor().command(), List.copyOf(changed), List.copyOf(begun));
    }
}
