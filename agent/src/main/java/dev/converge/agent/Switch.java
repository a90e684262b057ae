package dev.converge.agent;

import dev.converge.schema.JsonText;
import dev.converge.schema.JsonTree;
import dev.converge.state.DurableFile;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whether the agent may do anything: somebody may have disabled it, for a reason, and it stays so until it is enabled. */
public final class Switch {
    private final Path file;

    public Switch(StateDirectory state) {
        this.file = state.agent().resolve("disabled.json");
    }

    /**
     * That somebody has disabled it.
     *
     * @param reason in the words of whoever did
     * @param by who it was
     * @param since when, by the host's clock
     */
    public record Disabled(String reason, String by, String since) {}

    /** A file that cannot be read disables it too: somebody wanted it so. */
    public Optional<Disabled> disabled() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Map<String, Object> known = JsonTree.object(Files.readString(file)).orElse(Map.of());
            return Optional.of(new Disabled(text(known, "reason"), text(known, "by"), text(known, "since")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Disabled("unknown: " + e.getMessage(), "", ""));
        }
    }

    private static String text(Map<String, Object> known, String key) {
        return String.valueOf(known.getOrDefault(key, "unknown"));
    }

    public void disable(String reason, String by) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("reason", reason);
        tree.put("by", by);
        tree.put("since", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        byte[] line = (JsonText.line(tree) + "\n").getBytes(StandardCharsets.UTF_8);
        DurableFile.replaceDurably(file, out -> out.write(line));
    }

    public void enable() throws IOException {
        Files.deleteIfExists(file);
    }
}
