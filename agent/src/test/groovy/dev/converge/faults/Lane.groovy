package dev.converge.faults

import dev.converge.cli.Main
import dev.converge.faults.Jvm.Ended
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.LockSupport

/**
 * A folder in which runs are killed, one after the other: {@code host} is what they change, made anew before each by
 * copying what a first run has left there, together with that run's state.
 */
final class Lane {
    /** What changes with the time of day, and is looked at by the next run instead. */
    private static final String INNER = /(checkout|updated)\/\.git(\/.*)?/
    private static final String TEMPORARY = /(.*\/)?\.[^\/]*\.converge-[^\/]*(\/.*)?/

    private static final int MEASURED_AGAIN = 5

    private final Path folder
    private final Jvm jvm
    private final int number
    private int looked
    private Snapshot old
    private Snapshot changed
    private long span
    private List<String> doubtful = []

    /**
     * @param folder where {@code before/site.groovy} and {@code after/site.groovy} are, which speak of {@code host} in this folder
     * @param number which of several lanes it is, from 0
     */
    Lane(Path folder, Jvm jvm, int number) {
        this.folder = folder
        this.jvm = jvm
        this.number = number
    }

    Path getHost() {
        folder.resolve('host')
    }

    Path getState() {
        folder.resolve('state')
    }

    private List<String> arguments(String site, int jobs = 1) {
        ['--state-dir', state as String, '--jobs', jobs as String, folder.resolve(site) as String]
    }

    /** Makes the host as it is before each run, and sees what it is after one that nobody kills. */
    void learn() {
        Files.createDirectory(host)
        assert run('before').exit == 0
        ['host', 'state'].each { copy(folder.resolve(it), folder.resolve("${it}.old")) }
        old = look()
        def unharmed = run('after')
        assert unharmed.exit == 0 : unharmed.said
        changed = look()
        assert inSync()
        // A process from jars has compiled manifests of its own.
        assert jvm.run(arguments('after')).exit == 0
        copy(state.resolve('manifests'), folder.resolve('state.old/manifests'))
        reset()
        measure()
    }

    /** The calls of a run that nobody kills. */
    List<Calls.Moment> moments() {
        Path recorded = folder.resolve('calls')
        assert jvm.run(arguments('after'), Calls.recording(recorded)).exit == 0
        reset()
        Calls.of(recorded, folder)
    }

    Ended killedAt(Calls.Moment moment, int jobs) {
        jvm.run(arguments('after', jobs), Processors.only(number) + moment.watch)
    }

    /** @param part how far the run has come, from 0 to 1, as far as the time that it takes tells */
    Ended killedAt(double part, int jobs) {
        Ended ended = killedAfter(part, jobs)
        for (int again = 0; !ended.killed && again < MEASURED_AGAIN; again++) {
            reset()
            ended = killedAfter(part, jobs)
        }
        ended
    }

    /** One that ends before its kill was faster than those before it, on a machine that others use too: it is the new measure. */
    private Ended killedAfter(double part, int jobs) {
        Path said = folder.resolve('said')
        def process = new ProcessBuilder(jvm.command(arguments('after', jobs))).redirectErrorStream(true).redirectOutput(said.toFile()).start()
        awaitLock(process)
        long begun = System.nanoTime()
        if (process.waitFor((long) (part * span), TimeUnit.NANOSECONDS)) {
            span = Math.min(span, System.nanoTime() - begun)
        }
        process.destroyForcibly()
        new Ended(exit: process.waitFor(), said: Files.readString(said))
    }

    private void awaitLock(Process process) {
        while (process.alive && Files.size(state.resolve('run.lock')) == 0) {
            LockSupport.parkNanos(1_000_000)
        }
    }

    private void measure() {
        def process = new ProcessBuilder(jvm.command(arguments('after', 2))).redirectErrorStream(true).redirectOutput(folder.resolve('said').toFile()).start()
        awaitLock(process)
        long begun = System.nanoTime()
        assert process.waitFor() == 0
        span = System.nanoTime() - begun
        reset()
    }

    void reset() {
        shell('rm -rf host state reloads && cp -a host.old host && cp -a state.old state')
    }

    private void copy(Path from, Path to) {
        shell("rm -rf '$to' && cp -a '$from' '$to'")
    }

    private void shell(String script) {
        assert new ProcessBuilder('sh', '-c', script).directory(folder.toFile()).inheritIO().start().waitFor() == 0
    }

    private Snapshot look() {
        Snapshot.of(host, INNER)
    }

    /** What a run that was killed must not have done. */
    List<String> harm() {
        def now = look()
        now.entries.collectMany { path, entry -> path ==~ TEMPORARY ? [] : wrong(path, entry) } +
            old.entries.keySet().findAll { changed.entries[it] && !now.entries[it] && !between(it) && !Hosts.mayBe(it, host) }.collect { "$it is missing" } +
            old.entries.findAll { path, entry -> now.entries[path]?.content != entry.content && !kept(path, entry, now) }.collect { path, entry -> "$path is lost" }
    }

    private List<String> wrong(String path, Snapshot.Entry entry) {
        def fits = [old.entries[path], changed.entries[path]].findAll()
        if (!fits && !Hosts.mayBe(path, host)) {
            return ["$path is not of this world: $entry"]
        }
        def wrongs = []
        if (!fits.any { it.type == entry.type && it.content == entry.content } && !Hosts.mayBe(path, host)) {
            wrongs << "$path is neither old nor new: $entry, not ${fits.join(' or ')}"
        }
        if (fits && fits.every { entry.bits & ~it.bits }) {
            wrongs << "$path is open wider than before or after: $entry, not ${fits.join(' or ')}"
        }
        wrongs*.toString()
    }

    /** A folder's old place is free for a moment when the new one takes it. */
    private static boolean between(String path) {
        Hosts.SWAPPED.any { path == it || path.startsWith("$it/") }
    }

    private boolean kept(String path, Snapshot.Entry entry, Snapshot now) {
        if (entry.content.empty || path.startsWith('checkout/') || path.startsWith('updated/') || path.startsWith('cache/')) {
            return true
        }
        if (entry.link) {
            Path index = state.resolve('backups/index.jsonl')
            return Files.exists(index) && Files.readString(index).contains("\"target\":\"${entry.content}\"")
        }
        Path object = state.resolve("backups/objects/${entry.content.take(2)}/${entry.content.drop(2)}")
        Files.exists(object) && Snapshot.digest(Files.readAllBytes(object)) == entry.content || beside(entry, now)
    }

    private static boolean beside(Snapshot.Entry entry, Snapshot now) {
        now.entries.any { path, other -> path ==~ TEMPORARY && other.content == entry.content }
    }

    private Ended run(String site, List<String> options = [], int jobs = 1) {
        def said = new ByteArrayOutputStream()
        def out = new PrintStream(said, true, 'UTF-8')
        int exit = Main.run(options + arguments(site, jobs) as String[], InputStream.nullInputStream(), out, out)
        new Ended(exit: exit, said: said.toString('UTF-8'))
    }

    private boolean inSync() {
        run('after', ['--dry-run']).exit == 0
    }

    /** What the run after a killed one must not leave. */
    List<String> unfinished() {
        doubtful = refreshing()
        def next = nextRun()
        if (next.exit != 0) {
            return ["the next run ended with ${next.exit}:\n${next.said}".toString()]
        }
        def again = run('after', ['--dry-run'])
        changed.differences(look()) + (again.exit == 0 ? [] : ["not in sync after the next run:\n${again.said}"]) + leftovers() + journals() + reloads()
    }

    /** Every tenth in a process of its own, as it would be; starting one takes most of its time. */
    private Ended nextRun() {
        looked++ % 10 == 0 ? jvm.run(arguments('after', 2)) : run('after', [], 2)
    }

    private List<String> leftovers() {
        [host, state].collectMany { top ->
            Files.walk(top).withCloseable { it.toList() }.findAll {
                String name = top.relativize(it)
                name ==~ TEMPORARY || name.endsWith('.new') || name.endsWith('.lock') && name != 'run.lock' || name.contains('/._')
            }
        }.collect { "left over: $it".toString() }
    }

    private List<String> journals() {
        open().collect { "its journal is still open: $it".toString() }
    }

    private List<String> open() {
        state.resolve('journal').toFile().list().findAll { it.endsWith('.jsonl') }
    }

    /** What was about to be refreshed when the run was killed: nobody can tell whether it was. */
    private List<String> refreshing() {
        open().collectMany { Files.readAllLines(state.resolve("journal/$it")) }.inject([]) { under, line ->
            def id = (line =~ /"id":"exec\[(\w+)]"/)
            line.contains('"refreshing"') && id ? under + id[0][1] : line.contains('"refreshed"') && id ? under - id[0][1] : under
        }
    }

    private List<String> reloads() {
        Path log = folder.resolve('reloads')
        def lines = Files.exists(log) ? Files.readAllLines(log) : []
        Hosts.RELOADS.findAll { lines.count(it) != 1 && !(it in doubtful && lines.count(it) == 2) }
            .collect { "$it ran ${lines.count(it)} times, and ${it in doubtful ? 'may be' : 'is'} due once".toString() }
    }
}
