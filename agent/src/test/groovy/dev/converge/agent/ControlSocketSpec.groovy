package dev.converge.agent

import dev.converge.state.StateDirectory
import java.nio.ByteBuffer
import java.nio.channels.ServerSocketChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import spock.lang.Specification
import spock.lang.TempDir
import spock.util.concurrent.PollingConditions

/** What whoever asks is told when the agent goes away meanwhile, or its socket does. */
class ControlSocketSpec extends Specification {
    @TempDir
    Path folder

    def "what somebody has removed is there again soon, for its account alone: #what"() {
        given:
        def state = new StateDirectory(folder)
        def control = ControlSocket.open(state, { request -> [answer: request.ask] }, Duration.ofMillis(20))
        def file = state.agent().resolve('control')

        when:
        remove.execute([], folder.toFile()).waitFor()

        then:
        new PollingConditions(timeout: 30, delay: 0.02).eventually {
            assert ControlSocket.ask(state, [ask: 'one']).get() == [answer: 'one']
        }
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) == 'rw-------'

        when:
        control.close()

        then:
        ControlSocket.ask(state, [ask: 'two']).empty
        !Files.exists(file)

        where:
        what         | remove
        'the socket' | 'rm agent/control'
        'its folder' | 'rm -r agent'
    }

    def "an agent that is killed #when has ended before it answered"() {
        given:
        def state = new StateDirectory(folder)
        Files.createDirectories(state.agent())
        def server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        server.bind(UnixDomainSocketAddress.of(state.agent().resolve('control')))
        def agent = Thread.start {
            def asker = server.accept()
            asker.read(ByteBuffer.allocate(read))
            asker.close() // with something unread, the kernel resets the connection
        }

        expect:
        ControlSocket.ask(state, [do: 'once']).get() == [error: 'The agent has ended before it answered.']

        cleanup:
        agent?.join()
        server?.close()

        where:
        when                  | read
        'before it reads'     | 1
        'after it has read'   | 4096
    }
}
