package dev.converge.source

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.LockSupport
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** A process that follows a repository is killed at any moment: there is always a good copy, and the next one goes on. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(300)
class SourceKilledSpec extends Specification {
    private static final int KILLS = Integer.getInteger('converge.kills', 12)

    @TempDir
    Path folder

    /** What is killed. */
    static void main(String... arguments) {
        def source = SiteSource.open(Sources.settings([:], arguments[0]), Path.of(arguments[1]))
        while (true) {
            def fetched = source.fetch()
            if (fetched instanceof Fetched.Newest) {
                source.accept(fetched.copy())
            }
            println fetched
        }
    }

    def "killed while it fetches, writes or accepts"() {
        given:
        def origin = new GitRepository(folder.resolve('site'))
        def random = new Random(6)
        def state = folder.resolve('state')
        def accepted = [origin.commit(files(0))] as Set
        def settings = Sources.settings([:], "file://$origin.folder")
        SiteSource.open(settings, state).withCloseable { it.accept(it.fetch().copy()) }

        expect:
        KILLS.times { i ->
            def process = new ProcessBuilder(
                    "${System.getProperty('java.home')}/bin/java", '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'),
                    SourceKilledSpec.name, "file://$origin.folder" as String, state as String)
                    .redirectErrorStream(true).redirectOutput(folder.resolve('out').toFile()).start()
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
            while (Files.size(folder.resolve('out')) == 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000)
            }
            accepted << origin.commit(files(i + 1))
            TimeUnit.MILLISECONDS.sleep(random.nextInt(400))
            process.destroyForcibly().waitFor()

            SiteSource.open(settings, state).withCloseable { SiteSource source ->
                def copy = source.inForce().get()
                assert copy.commit() in accepted
                def fetched = source.fetch()
                assert !(fetched instanceof Fetched.Refused || fetched instanceof Fetched.Unreachable) : fetched
                assert fetched.copy().commit() == origin.head()
                source.accept(fetched.copy())
                assert source.fetch() instanceof Fetched.Same
            }
        }
    }

    private static Map<String, String> files(int version) {
        (0..<200).collectEntries { ["d${it % 10}/f$it".toString(), (it % 3 ? 'same ' : "$version ") * 200] }
    }
}
