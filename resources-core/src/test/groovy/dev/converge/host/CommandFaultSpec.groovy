package dev.converge.host

import dev.converge.model.Text
import dev.converge.provider.Command
import dev.converge.provider.CommandResult
import java.lang.management.ManagementFactory
import java.nio.file.Path
import java.time.Duration
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** Programs that behave badly: none holds up the run, fills its memory, or leaves something of it behind. */
@Timeout(180)
class CommandFaultSpec extends Specification {
    static final long MIB = 1 << 20

    @TempDir
    Path folder

    LocalCommands commands = new LocalCommands(Path.of('/'))

    def cleanup() {
        pids().each { pid -> ProcessHandle.of(pid).ifPresent { it.destroyForcibly() } }
    }

    private CommandResult shell(String script, Duration limit = Duration.ofSeconds(60)) {
        commands.run(Command.of('sh', '-c', script.replace('@', folder as String)).timeout(limit))
    }

    /** The processes that a script has written down in files of this name. */
    private List<Long> pids() {
        folder.toFile().listFiles().findAll { it.name.startsWith('pid') && it.length() > 0 }.collect { it.text.trim() as long }
    }

    private static boolean alive(long pid) {
        def stat = new File("/proc/$pid/stat")
        stat.exists() && !stat.text.split('\\) ')[1].startsWith('Z')
    }

    /** On a busy machine a killed process dies a moment after the signal. */
    private static boolean gone(long pid) {
        new PollingConditions(timeout: 20, delay: 0.02).eventually { assert !alive(pid) }
        true
    }

    def "two gigabytes of output are read to their end, and kept out of memory"() {
        given:
        def heap = ManagementFactory.memoryPoolMXBeans.findAll { it.type.name() == 'HEAP' }
        System.gc()
        heap*.resetPeakUsage()
        long before = ManagementFactory.memoryMXBean.heapMemoryUsage.used

        when:
        def result = shell("echo first; head -c 2147483648 /dev/zero$stream; echo last")

        then:
        result.succeeded()
        result.output().startsWith('first\n')
        result.output().endsWith('last\n')
        result.output().length() + result.errors().length() < 3 * MIB

        and: 'with what is not collected yet'
        heap.sum { it.peakUsage.used } - before < 150 * MIB

        where:
        stream << ['', ' >&2']
    }

    def "a program that #does ends at its time limit, and says what it said"() {
        when:
        long start = System.nanoTime()
        def result = shell("echo \$\$ > @/pid; echo before; $script", Duration.ofSeconds(1))

        then:
        result.timedOut()
        result.output() == 'before\n'
        Duration.ofNanos(System.nanoTime() - start) < Duration.ofSeconds(30)
        pids().every { gone(it) }

        where:
        does                                | script
        'closes its output and goes on'     | 'exec >&- 2>&-; sleep 100'
        'ignores every signal that it can'  | 'trap "" TERM INT HUP QUIT PIPE; while :; do sleep 1; done'
        'is stopped'                        | 'kill -STOP $$'
        'waits for input that never ends'   | 'mkfifo @/pipe; cat < @/pipe'
    }

    def "a program that talks without end is stopped at its time limit"() {
        when:
        def result = shell('echo $$ > @/pid; exec yes', Duration.ofSeconds(1))

        then:
        result.timedOut()
        result.output().length() < 2 * MIB
        pids().every { gone(it) }
    }

    def "at the time limit a child in a session of its own ends too, as long as its parent is there"() {
        when:
        def result = shell('setsid sh -c "echo \\$\\$ > @/pid-child; sleep 100; sleep 100" & echo $$ > @/pid; wait', Duration.ofSeconds(2))

        then:
        result.timedOut()
        pids().size() == 2
        pids().every { gone(it) }
    }

    def "a daemon that a program starts lives on, and the run does too"() {
        when:
        long start = System.nanoTime()
        def result = shell('setsid sh -c "echo \\$\\$ > @/pid-daemon; exec sleep 100" < /dev/null & until [ -s @/pid-daemon ]; do :; done')

        then:
        result.succeeded()
        Duration.ofNanos(System.nanoTime() - start) < Duration.ofSeconds(20)
        pids().every { alive(it) }
    }

    def "a program that dies by signal #signal has failed with #exit"() {
        expect:
        shell("kill -$signal \$\$").exit() == exit

        where:
        signal | exit
        'TERM' | 143
        'SEGV' | 139
        'PIPE' | 141
    }

    def "what a program does not read of its input is no matter, and no thread waits for it"() {
        expect:
        commands.run(Command.of('sh', '-c', 'exec <&-; echo done').input(Text.of('x' * 5_000_000))).output() == 'done\n'
        new PollingConditions(timeout: 30).eventually {
            assert !Thread.allStackTraces.keySet()*.name.any { it.startsWith('input of process') }
        }
    }

    def "a thousand programs leave no thread and no file open"() {
        given:
        10.times { shell('echo x') }
        def before = held()

        when:
        1000.times { assert commands.run(Command.of('true').input(Text.of('x'))).succeeded() }

        then: 'a thread of the pool that waits for processes may come and go'
        new PollingConditions(timeout: 30).eventually {
            assert held().files <= before.files + 3
            assert held().threads <= before.threads + 3
        }
    }

    private static Map<String, Integer> held() {
        System.gc()
        [files: new File('/proc/self/fd').list().size(), threads: new File('/proc/self/task').list().size()]
    }
}
