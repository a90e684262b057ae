package dev.converge.cli;

import dev.converge.agent.AgentFile;
import dev.converge.agent.AgentLog;
import dev.converge.agent.AgentParts;
import dev.converge.agent.AgentSettings;
import dev.converge.agent.Machine;
import dev.converge.diagnostic.Checked;
import dev.converge.process.ThisProcess;
import dev.converge.source.SiteSource;
import dev.converge.state.StateDirectory;
import dev.converge.systemd.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the agent's file says, and what the agent is made of on this host. */
final class AgentBench {
    private final Path file;
    private final Terminal terminal;
    private final Workbench bench;

    AgentBench(Arguments arguments, Terminal terminal, Workbench bench) {
        this.file = arguments
                .value(Option.AGENT_FILE)
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .orElse(AgentFile.USUAL);
        this.terminal = terminal;
        this.bench = bench;
    }

    boolean isThere() {
        return Files.exists(file);
    }

    /** @throws Failure when it cannot be followed */
    AgentSettings settings() {
        Checked<AgentSettings> settings = AgentFile.read(file);
        return settings.value().orElseThrow(() -> Failure.of(settings.diagnostics(), this::lines));
    }

    private Optional<List<String>> lines(String name) {
        try {
            return Optional.of(Files.readAllLines(Path.of(name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    AgentParts parts(AgentSettings settings, Optional<Path> state, AgentLog log) {
        Machine machine = new Machine(
                Workbench.ROOT,
                bench.types(),
                bench.commands(),
                bench.outside(),
                new StateDirectory(state.orElse(settings.stateDir())));
        Supervisor supervisor = Supervisor.of(System.getenv(), ThisProcess.pid());
        return new AgentParts(
                file,
                machine,
                log,
                supervisor,
                known -> SiteSource.open(known.source(), machine.state().path()));
    }

    ProcessLog log() {
        return new ProcessLog(terminal, System.getenv());
    }
}
