package dev.converge.host

import dev.converge.provider.Backups
import dev.converge.provider.Host
import java.nio.channels.ClosedByInterruptException
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Timeout

/** A host's databases are read once, whoever asks and however many ask at once. */
@Timeout(30)
class LocalHostSpec extends Specification {
    @AutoCleanup('shutdownNow')
    def threads = Executors.newFixedThreadPool(8)

    Host host = new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { } as Backups)
    AtomicInteger reads = new AtomicInteger()

    def "a path of a host at #root is #real"() {
        expect:
        new LocalHost(Path.of(root), new LocalCommands(Path.of(root)), { } as Backups).path(Path.of('/etc/motd')) == Path.of(real)

        where:
        root      || real
        '/'       || '/etc/motd'
        '/srv/ab' || '/srv/ab/etc/motd'
    }

    def "eight that ask at once get what one has read"() {
        given:
        CyclicBarrier together = new CyclicBarrier(8)

        when:
        def answers = (1..8).collect {
            threads.submit({
                together.await()
                host.database(StringBuilder) { new StringBuilder("read ${reads.incrementAndGet()}") }
            } as Callable)
        }*.get()

        then:
        reads.get() == 1
        answers.every { it.is(answers[0]) }
    }

    def "what was changed is read again"() {
        when:
        2.times { host.database(String) { "read ${reads.incrementAndGet()}".toString() } }
        host.invalidate(String)

        then:
        host.database(String) { "read ${reads.incrementAndGet()}".toString() } == 'read 2'
    }

    def "a failure of kind #kind.simpleName is thrown as it is and not kept"() {
        when:
        host.database(String) { throw failure }

        then:
        Exception seen = thrown()
        seen.is(failure)

        and:
        host.database(String) { 'now it works' } == 'now it works'

        where:
        failure << [new IOException('no'), new InterruptedException(), new IllegalStateException('bug')]
        kind = failure.class
    }

    def "whoever waits reads for itself when the reader is interrupted, and tells so by #told.class.simpleName"() {
        given:
        CountDownLatch reading = new CountDownLatch(1)
        CountDownLatch forever = new CountDownLatch(1)
        Thread reader = new Thread({
            try {
                host.database(String) {
                    reading.countDown()
                    try {
                        forever.await()
                    } catch (InterruptedException ignored) {
                        throw told
                    }
                }
            } catch (InterruptedException | IOException | UncheckedIOException e) {
                reads.incrementAndGet()
            }
        })
        reader.start()
        reading.await()

        when:
        def waiting = threads.submit({ host.database(String) { 'mine' } } as Callable)
        reader.interrupt()
        reader.join()

        then:
        waiting.get() == 'mine'
        reads.get() == 1

        where:
        told << [
            new InterruptedException(),
            new ClosedByInterruptException(),
            new UncheckedIOException(new ClosedByInterruptException())
        ]
    }
}
