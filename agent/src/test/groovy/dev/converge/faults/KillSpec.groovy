package dev.converge.faults

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/**
 * A run that is killed at any moment leaves every file old or new and loses nothing; the next run does the rest, and
 * nothing of the killed one stays. {@code -Dconverge.kills=3000} kills more often.
 */
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class KillSpec extends Specification {
    static final int KILLS = Integer.getInteger('converge.kills', 300)
    static final int LANES = 2

    private static final Path MEMORY = Path.of('/dev/shm')

    @TempDir
    @Shared
    Path programs

    /** In memory where that can be: a kill loses nothing that the kernel has, so that waiting for a disk would tell nothing. */
    @Shared
    Path folder = MEMORY.toFile().canWrite() ? Files.createTempDirectory(MEMORY, 'converge-kills-') : Files.createTempDirectory('converge-kills-')

    @Shared
    List<Lane> lanes

    def setupSpec() {
        Path first = prepare('first')
        Files.createDirectory(first.resolve('host'))
        def training = ['before', 'after'].collect { ['--state-dir', first.resolve('state') as String, first.resolve(it) as String] }
        def jvm = Jvm.in(programs, training)
        lanes = (0..<LANES).collect { new Lane(prepare("lane-$it"), jvm, it) }
        lanes*.learn()
    }

    private Path prepare(String name) {
        Path place = Files.createDirectory(folder.resolve(name))
        Hosts.write(place)
        place
    }

    def cleanupSpec() {
        new ProcessBuilder('rm', '-rf', folder as String).start().waitFor()
    }

    @Requires({ new File('/usr/bin/strace').canExecute() })
    def "killed before the call that writes, wherever that is"() {
        given:
        int wanted = (KILLS * 2).intdiv(3)
        def moments = lanes*.moments()
        println "${moments[0].size()} calls that write, of ${moments[0]*.kind.unique().size()} kinds"

        expect:
        survives(wanted, moments.collect { Calls.spread(it, wanted) }) { Lane lane, Calls.Moment moment, int number ->
            lane.killedAt(moment, 1)
        }
    }

    def "killed at a random moment, with #jobs resources in hand"() {
        given:
        def random = new Random(4)
        int wanted = KILLS.intdiv(6) + 1
        def moments = (0..<wanted).collect { random.nextDouble() }

        expect:
        survives(wanted, [moments] * LANES) { Lane lane, double moment, int number -> lane.killedAt(moment, jobs) }

        where:
        jobs << [2, 8]
    }

    /** Kills as many runs as wanted, those of a number on the lane that is free, and looks at what is there after each. */
    private void survives(int wanted, List<List> moments, Closure<Jvm.Ended> kill) {
        def next = new AtomicInteger()
        def killed = new AtomicInteger()
        def harms = new ConcurrentLinkedQueue<String>()
        long begun = System.nanoTime()
        def pool = Executors.newFixedThreadPool(LANES)
        lanes.eachWithIndex { lane, index ->
            pool.submit {
                for (int number = next.getAndIncrement(); number < wanted && harms.size() < 10; number = next.getAndIncrement()) {
                    def moment = moments[index][number]
                    try {
                        def ended = kill(lane, moment, number)
                        killed.addAndGet(ended.killed ? 1 : 0)
                        def found = lane.harm() + lane.unfinished()
                        if (found) {
                            harms << "killed (${ended.exit}) $moment:\n  ${found.join('\n  ')}\n".toString()
                        }
                        lane.reset()
                    } catch (Throwable e) {
                        harms << "$moment: $e ${e.stackTrace.find { it.fileName?.endsWith('.groovy') }}".toString()
                    }
                }
            }
        }
        pool.shutdown()
        pool.awaitTermination(2, TimeUnit.HOURS)
        println "killed ${killed.get()} of $wanted runs, in ${TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)} s; harm found: ${harms.size()}"
        if (!harms.empty) {
            throw new AssertionError(harms.join('\n'))
        }
        assert killed.get() > wanted * 0.8
    }
}
