package dev.converge.agent

import dev.converge.data.Outside
import dev.converge.host.LocalCommands
import dev.converge.schema.TypeRegistry
import dev.converge.source.SiteSource
import dev.converge.state.StateDirectory
import dev.converge.systemd.Supervisor
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** The loop, with a source that is a folder; all else is real. */
@Timeout(180)
abstract class AgentSpecification extends Specification {
    @TempDir
    Path folder

    List<String> logged = new CopyOnWriteArrayList<>()
    FolderSource source
    Path file
    AgentParts parts
    Agent agent
    Thread loop
    def soon = new PollingConditions(timeout: 60, delay: 0.05)

    def setup() {
        source = new FolderSource(folder)
        file = folder.resolve('agent.yaml')
        settings('')
        def machine = new Machine(Path.of('/'), TypeRegistry.of(AgentSpecification.classLoader), new LocalCommands(Path.of('/')), Outside.NONE,
            new StateDirectory(folder.resolve('state')))
        parts = new AgentParts(file, machine, { level, event, text, fields -> logged << "$event $text".toString() } as AgentLog, Supervisor.of([:], 1L), { known -> opened(known) } as AgentParts.Sources)
    }

    SiteSource opened(AgentSettings settings) {
        if (settings.conduct().environment() == 'buggy') {
            throw new IllegalStateException('a bug of the settings')
        }
        source
    }

    def cleanup() {
        end()
    }

    void settings(String more) {
        Files.writeString(file, "source: { url: $folder }\nstateDir: $folder/state\ninterval: 1h\n$more")
    }

    void push(String commit, String text) {
        source.push(commit, "file('$folder/motd') { content '$text' }")
    }

    void start() {
        def opened = Agent.open(parts, AgentFile.read(file).value().get())
        assert opened.isOk() : opened.diagnostics()
        agent = opened.value().get()
        loop = Thread.start { agent.run() }
    }

    void end() {
        if (agent != null) {
            agent.stop()
            loop.join()
            agent.close()
            agent = null
        }
    }

    Map<String, Object> ask(String what) {
        ControlSocket.ask(parts.machine().state(), [do: what]).get()
    }

    void motd(String text) {
        soon.eventually { assert folder.resolve('motd').toFile().exists() && folder.resolve('motd').toFile().text == text }
    }
}
