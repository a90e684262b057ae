package dev.converge.agent;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.output.JsonReport;
import dev.converge.output.KeptReport;
import dev.converge.schema.JsonText;
import dev.converge.schema.JsonTree;
import dev.converge.source.SourceSettings;
import dev.converge.state.DurableFile;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was wrong when the newest commit was asked for last, for whoever asks while no agent runs. On disk there is
 * nothing of it while all is well.
 *
 * @param source what was followed: of another one it says nothing
 * @param newest the newest commit that was known of, in force or not
 */
record KnownTrouble(String source, Optional<String> newest, List<Diagnostic> problems) {
    private static final String SOURCE = "source";
    private static final String NEWEST = "newest";

    KnownTrouble {
        problems = List.copyOf(problems);
    }

    static KnownTrouble of(SourceSettings source, Optional<String> newest, List<Diagnostic> problems) {
        return new KnownTrouble(named(source), newest, problems);
    }

    private static String named(SourceSettings source) {
        return String.join(" ", source.url().text(), source.ref(), source.path());
    }

    /** In a folder of its own, where nobody else writes. */
    private static Path file(StateDirectory state) {
        return state.agent().resolve("trouble").resolve("last.json");
    }

    /** Writes it down, or takes away what is there when all is well. The agent's lock is held. */
    void keep(StateDirectory state) throws IOException {
        if (problems.isEmpty()) {
            Files.deleteIfExists(file(state));
            return;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(SOURCE, source);
        newest.ifPresent(commit -> tree.put(NEWEST, commit));
        tree.put("diagnostics", JsonReport.messages(problems));
        DurableFile.replace(
                file(state), out -> out.write((JsonText.line(tree) + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** What is known of a source; empty when all was well, or it cannot be read. */
    static Optional<KnownTrouble> of(StateDirectory state, SourceSettings source) {
        try {
            return Files.exists(file(state))
                    ? JsonTree.object(Files.readString(file(state)))
                            .filter(tree -> named(source).equals(tree.get(SOURCE)))
                            .map(KnownTrouble::parse)
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static KnownTrouble parse(Map<String, Object> tree) {
        return new KnownTrouble(
                String.valueOf(tree.get(SOURCE)),
                Optional.ofNullable(tree.get(NEWEST)).map(String::valueOf),
                KeptReport.diagnostics(tree));
    }
}
