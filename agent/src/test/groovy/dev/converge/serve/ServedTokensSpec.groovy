package dev.converge.serve

import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration

/** Who may have what is a host's, and what the log tells of it. */
class ServedTokensSpec extends ServeSpecification {

    def "what nobody may have and what is not there look the same"() {
        given:
        serve()
        def answers = ['/nobody/user-data', '/closed-1/user-data', '/0123456789abcdef0124/closed-1/user-data', '/closed-1/ipxe?token=', '/web-1/shadow', '/', '/a/b/user-data/x/y']
            .collect { server.raw("GET $it HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").replaceFirst(/Date: .*/, '') }

        expect:
        answers.toUnique().size() == 1
        answers[0].startsWith('HTTP/1.1 404 Not Found')
        def lines = server.log.findAll { it.contains(' GET ') }*.replaceFirst(/.* GET (\S+) 404 11 \d+ us/, '$1')
        lines == [
            '/nobody/user-data: unknown host', '/closed-1/user-data: came without the host\'s token', '/********/closed-1/user-data: not the host\'s token',
            '/closed-1/ipxe: not the host\'s token', '/web-1/shadow: unknown path', '/: unknown path', '/********/b/user-data/x/y: unknown path',
        ]
    }

    def "a token is good for the client that used it first, for a while, also after a restart, and in no log"() {
        given:
        serve(grace: Duration.ofSeconds(20))
        def path = '/0123456789abcdef0123/closed-1/user-data'

        expect: 'what comes before user-data uses nothing up'
        server.get('/0123456789abcdef0123/closed-1/meta-data').statusCode() == 200
        status(path, '127.0.0.2') == 200
        status(path, '127.0.0.2') == 200
        status(path, '127.0.0.3') == 404
        status('/closed-1/vendor-data?token=0123456789abcdef0123', '127.0.0.2') == 200
        status('/0123456789abcdef0123/user-data', '127.0.0.2') == 404
        !server.text().contains('0123456789abcdef')
        server.log.contains(server.log.find { it.startsWith('127.0.0.3 GET /********/closed-1/user-data 404 ') })

        when: 'it starts anew'
        server.close()
        serve(grace: grace)

        then:
        status(path, '127.0.0.2') == same
        status(path, '127.0.0.3') == 404

        where:
        grace                  || same
        Duration.ofMinutes(10) || 200
        Duration.ZERO          || 404
    }

    def "what a fallen machine wrote half of a token does not bring another one back to life"() {
        given:
        def state = Files.createDirectories(folder.resolve('state'))
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString('rwx------'))
        Files.writeString(state.resolve('tokens-used'), '0a1b2c')
        serve()
        def path = '/0123456789abcdef0123/closed-1/user-data'

        expect:
        status(path, '127.0.0.2') == 200

        when: 'it starts anew'
        server.close()
        serve()

        then:
        status(path, '127.0.0.3') == 404
    }
}
