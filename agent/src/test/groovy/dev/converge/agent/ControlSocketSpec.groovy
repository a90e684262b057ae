package dev.converge.agent

import dev.converge.state.StateDirectory
import java.nio.ByteBuffer
import java.nio.channels.ServerSocketChannel
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What whoever asks is told when the agent goes away meanwhile. */
class ControlSocketSpec extends Specification {
    @TempDir
    Path folder

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
