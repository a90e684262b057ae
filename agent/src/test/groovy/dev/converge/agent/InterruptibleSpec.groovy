package dev.converge.agent

import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Timeout

/** How the end of the agent meets what its loop waits for. */
@Timeout(20)
class InterruptibleSpec extends Specification {
    @AutoCleanup('shutdownNow')
    def loop = Executors.newSingleThreadExecutor()

    def waiting = new Interruptible()

    def cleanup() {
        Thread.interrupted() // where a wait in vain has failed the spec
    }

    def "the end interrupts a step that goes on"() {
        given:
        def begun = new CountDownLatch(1)
        def interrupted = loop.submit({
            try {
                waiting.during {
                    begun.countDown()
                    TimeUnit.MINUTES.sleep(1)
                    true
                }
                return false
            } catch (InterruptedException e) {
                return e != null
            }
        } as Callable)

        when:
        begun.await()
        waiting.stop()

        then:
        interrupted.get()
    }

    def "after the end, no step is taken"() {
        given:
        def taken = false

        when:
        waiting.stop()

        then:
        !waiting.during { taken = true }
        !taken
        !Thread.interrupted()
    }

    def "what is waited for after the end is waited for in vain"() {
        when:
        waiting.stop()
        waiting.begins()

        then:
        Thread.interrupted()
    }

    def "what comes after a wait is not interrupted"() {
        when:
        waiting.begins()
        waiting.ends()
        waiting.stop()

        then:
        !Thread.interrupted()
    }
}
