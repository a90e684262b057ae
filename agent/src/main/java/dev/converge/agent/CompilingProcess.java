package dev.converge.agent;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.output.KeptReport;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.schema.JsonTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compiles a commit in a process of its own, which leaves the compiled manifests in the cache and ends: so the agent
 * itself never loads Groovy's compiler, a third of the memory that it would need with it.
 */
final class CompilingProcess {
    /** Seen by name alone: the command line is seen by nobody. */
    private static final String PROGRAM = "dev.converge.cli.Compiling";

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xmx768m");

    private CompilingProcess() {}

    /** What it has to say of a site; empty when it could not be started, or did not come to its end. */
    static Optional<List<Diagnostic>> compile(Path site, Machine machine) throws InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(FLAGS);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("converge."))
                .sorted()
                .forEach(name -> words.add("-D" + name + "=" + System.getProperty(name)));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), PROGRAM));
        words.addAll(List.of(site.toString(), machine.state().path().toString()));
        try {
            CommandResult result = machine.commands().run(Command.of(words).timeout(LIMIT));
            return JsonTree.object(result.output()).map(KeptReport::diagnostics);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
