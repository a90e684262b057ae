package dev.converge.git

import dev.converge.ResourceSpecification
import dev.converge.model.Secret
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** Repositories on servers: what they are asked, passwords, servers that fail or hang. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(120)
class GitCheckoutServerSpec extends ResourceSpecification<GitCheckoutResource> implements GitCheckouts {
    @TempDir
    Path folder

    def "a web server is asked once in a run, however many checkouts follow it"() {
        given:
        def server = new GitServer(folder)
        def desired = ['a', 'b', 'c'].collect { resource(place.resolveSibling(it), [repository: server.url('app.git/.git'), revision: 'main']) }
        desired.each { converge(it) }
        server.asked.clear()
        def host = newHost()

        when:
        desired.each { provider().observe(it, host) }

        then:
        server.asked.count { it.startsWith('GET') } == 1

        cleanup:
        server.close()
    }

    def "a password is given where it is asked for, and never shown or kept"() {
        given:
        def server = new GitServer(folder)
        server.password = 's3cr3t'
        def url = server.url('app.git/.git')

        when:
        converge(app([repository: url]))

        then:
        ResourceFailure refused = thrown()
        refused.advice().get().contains('password')

        when:
        converge(app([repository: url, password: Secret.of('wrong-one')]))

        then:
        ResourceFailure wrong = thrown()
        !wrong.message.contains('wrong-one')

        when:
        converge(app([repository: url, password: Secret.of('s3cr3t'), depth: 1]))

        then:
        readme() == 'version 2\n'
        !Files.readString(place.resolve('.git/config')).contains('s3cr3t')

        cleanup:
        server.close()
    }

    def "what Git says of a repository that is not there is one sentence"() {
        when:
        converge(app([repository: folder.resolve('none.git') as String]))

        then:
        ResourceFailure failure = thrown()
        failure.message.endsWith(' not found.')
    }

    def "a server that says nothing does not hang the run"() {
        given:
        def silent = new ServerSocket(0, 1, InetAddress.getByName('127.0.0.1'))

        when:
        converge(app([repository: "http://127.0.0.1:$silent.localPort/app.git" as String, timeout: Duration.ofSeconds(1)]))

        then:
        thrown(ResourceFailure)

        cleanup:
        silent.close()
    }

    @Timeout(30)
    def "a server that keeps talking and never ends does not hang the run"() {
        given:
        def chatty = new ServerSocket(0, 1, InetAddress.getByName('127.0.0.1'))
        Thread.startDaemon {
            def peer = chatty.accept()
            peer.outputStream << 'HTTP/1.1 200 OK\r\nX: '
            while (true) {
                peer.outputStream << 'x'
                peer.outputStream.flush()
                Thread.sleep(200)
            }
        }

        when:
        converge(app([repository: "http://127.0.0.1:$chatty.localPort/app.git" as String, timeout: Duration.ofSeconds(2)]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('2s')

        cleanup:
        chatty.close()
    }
}
