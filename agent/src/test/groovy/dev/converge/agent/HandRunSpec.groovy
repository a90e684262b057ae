package dev.converge.agent

import dev.converge.data.Outside
import dev.converge.host.LocalCommands
import dev.converge.schema.TypeRegistry
import dev.converge.sink.Collector
import dev.converge.source.GitRepository
import dev.converge.source.SiteSource
import dev.converge.state.StateDirectory
import dev.converge.systemd.Supervisor
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.FutureTask
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** What is done by hand while no agent runs. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(180)
class HandRunSpec extends Specification {
    @TempDir
    Path folder
    GitRepository origin
    AgentSettings settings
    AgentParts parts

    def setup() {
        origin = new GitRepository(Files.createDirectory(folder.resolve('site')))
        follow('')
    }

    private void follow(String more, String source = '') {
        def file = folder.resolve('agent.yaml')
        Files.writeString(file, "source: { url: $origin.folder$source }\nstateDir: $folder/state\n$more")
        settings = AgentFile.read(file).value().get()
        def machine = new Machine(Path.of('/'), TypeRegistry.of(HandRunSpec.classLoader), new LocalCommands(Path.of('/')), Outside.NONE,
            new StateDirectory(folder.resolve('state')))
        def sources = { known -> SiteSource.open(known.source(), machine.state().path()) } as AgentParts.Sources
        parts = new AgentParts(file, machine, { level, event, text, fields -> } as AgentLog, Supervisor.of([:], 1L), sources)
    }

    private HandRun byHand() {
        new HandRun(parts, settings, 'converge agent once')
    }

    private Map<String, Object> status() {
        HandRun.atRest(parts, settings).tree()
    }

    private Set<String> files() {
        def state = folder.resolve('state')
        Files.exists(state) ? Files.walk(state).withCloseable { all -> all.toList().collect { "$it ${Files.getLastModifiedTime(it)}".toString() } as Set } : [] as Set
    }

    def "where nothing was ever fetched, looking makes nothing, and says what to do"() {
        given:
        origin.commit('site.groovy': "file('$folder/motd') { content 'one' }\n")

        expect:
        HandRun.atRest(parts, settings).tree().with { !it.running && it.commit == null && it.lastRun == null && it.problems == [] }
        byHand().choose(false).diagnostics()[0].suggestion().get().contains('converge agent once')
        files().empty
    }

    def "the status tells of the last run, and it and the choice for a dry run leave the state as it is, beside another process too"() {
        given:
        def commit = origin.commit('site.groovy': "file('$folder/motd') { content 'one' }\n")
        byHand().once()
        def before = files()

        when:
        def looked = parts.source(settings).value().get().withCloseable {
            [HandRun.atRest(parts, settings).tree(), byHand().choose(false).value().get()]
        }

        then:
        folder.resolve('motd').toFile().text == 'one'
        looked[0].commit.id == commit
        looked[0].lastRun.with { it.exit == 2 && it.counts.changed == 1 && it.trigger == null && it.run ==~ /\S+/ }
        looked[1].commit().copy().commit() == commit
        files() == before
    }

    def "a run by hand leaves the source to the agent that it starts"() {
        given:
        def lock = folder.resolve('state/source/lock')
        Files.writeString(folder.resolve('look.sh'), "grep -q \":\$(stat -c %i $lock) \" /proc/locks || echo free > $folder/lock\n")
        origin.commit('site.groovy': "exec('start') { command 'sh', '$folder/look.sh' }\n")

        expect:
        byHand().once().exit() == 0
        folder.resolve('lock').toFile().text == 'free\n'
    }

    def "that the newest commit is not in force is a failure to whoever has asked for it: #why"() {
        given:
        origin.commit('site.groovy': "file('$folder/motd') { content 'one' }\n")
        assert byHand().once().exit() == 0
        spoil.call(this)
        folder.resolve('motd').toFile().text = 'moved'

        when:
        def answer = byHand().once()

        then:
        answer.exit() == 4
        answer.document().exit == 4
        answer.document().diagnostics[0].summary == summary
        folder.resolve('motd').toFile().text == 'one'

        and: 'whoever asks later is told the same'
        status().problems == answer.document().diagnostics

        where:
        why                   | summary                              | spoil
        'it does not compile' | 'The newest commit does not compile' | { it.origin.commit('site.groovy': 'nonsense(') }
        'it was rewound'      | 'History rewritten'                  | { it.origin.git('commit', '-q', '--amend', '-m', 'another') }
        'it was not found'    | 'Site not fetched'                   | { it.origin.folder.resolve('.git').toFile().renameTo(it.folder.resolve('away').toFile()) }
    }

    def "what was wrong is told while no agent runs, until it is mended by #how, and only to who follows the same"() {
        given:
        origin.commit('site.groovy': "file('$folder/motd') { content 'one' }\n")
        byHand().once()
        def good = origin.head()
        def bad = origin.commit('site.groovy': 'nonsense(')
        byHand().once()

        expect:
        status().with { [commit.id, newest, problems[0].summary] } == [good, bad, 'The newest commit does not compile']

        when:
        follow('', ', ref: other')

        then:
        status().problems == []

        when:
        follow('interval: 1h')
        def mended = origin.commit('site.groovy': "file('$folder/motd') { content 'two' }\n")
        mend.call(byHand())

        then:
        status().with { [commit.id, newest, problems] } == [mended, mended, []]

        where:
        how                             | mend
        'agent once'                    | { it.once() }
        'a run of what the agent follows' | { it.choose(true).value().get().reading().close() }
    }

    def "while the agent is disabled, what it follows is looked at, and not brought about"() {
        given:
        origin.commit('site.groovy': "file('$folder/motd') { content 'one' }\n")
        byHand().once()
        new Switch(parts.machine().state()).disable('a disk is replaced', 'ann')

        expect:
        byHand().choose(true).diagnostics()*.detail().any { it.contains('a disk is replaced') }
        byHand().choose(false).value().present
    }

    def "its report goes where the agent's go; what a server does not take waits for the next run, or for the agent"() {
        given:
        def collector = Collector.plain()
        int port = collector.port()
        collector.close()
        follow("reports: [ { type: file, folder: $folder/reports }, { type: http, url: 'http://localhost:$port/in' } ]\n")
        origin.commit('site.groovy': "file('$folder/motd') { content 'one' }\n")

        when: 'nobody listens'
        def one = byHand().once()

        then:
        one.exit() == 0
        Files.exists(folder.resolve("reports/${one.document().run}.json"))

        when:
        collector = Collector.plain(port)
        origin.commit('site.groovy': "file('$folder/motd') { content 'two' }\n")
        def two = byHand().once()

        then:
        collector.taken().findAll { it.id.endsWith('/report') }*.id.collect { it.tokenize('/')[1] } == [one, two]*.document()*.run
        collector.taken()[1].json().agent.trigger == 'asked'

        cleanup:
        collector.close()
    }

    def "#who that does not listen has the lock: the status says whether an agent runs, and none is asked for what it cannot do"() {
        given:
        origin.commit('site.groovy': "file('$folder/motd') { content 'one' }\n")
        def held = holding(kind)

        expect:
        status().running == runs
        status().pid == (runs ? held.pid() : null)
        status().doing == (runs ? ControlSocket.DEAF : null)
        byHand().once().exit() == (runs ? 1 : 0)
        Files.exists(folder.resolve('motd')) != runs

        when: 'its note stays, as after a power cut'
        held.destroyForcibly().waitFor()

        then:
        !status().running
        byHand().once().exit() == 0

        cleanup:
        held?.destroyForcibly()

        where:
        who             | kind              || runs
        'an agent'      | ''                || true
        'a run by hand' | 'a run by hand, ' || false
    }

    /** Another process, since one that closes a file gives up its own locks on it. */
    private Process holding(String kind) {
        def lock = Files.createDirectories(parts.machine().state().agent()).resolve('agent.lock')
        def source = folder.resolve('Hold.java')
        Files.writeString(source, """
            import java.nio.ByteBuffer;
            import java.nio.channels.FileChannel;
            import java.nio.file.*;
            class Hold {
                public static void main(String[] args) throws Exception {
                    FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    file.lock();
                    String who = "Process " + ProcessHandle.current().pid() + ", ${kind}started at 2026-01-01T00:00:00Z.";
                    file.write(ByteBuffer.wrap(who.getBytes()));
                    System.out.println("held");
                    System.in.read();
                }
            }
            """)
        def process = new ProcessBuilder("${System.getProperty('java.home')}/bin/java", source.toString(), lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start()
        assert process.inputReader().readLine() == 'held'
        process
    }

    def "while it sends, an agent that starts waits, and is not refused"() {
        given:
        origin.commit('site.groovy': "file('$folder/motd') { content 'one' }\n")
        def lock = AgentLock.acquireByHand(parts.machine().state()).value().get()
        def opening = new FutureTask<>({ Agent.open(parts, settings) })
        Thread.start { opening.run() }

        when:
        lock.close()

        then:
        opening.get().isOk()

        cleanup:
        opening.get().value().ifPresent { it.close() }
    }
}
