package dev.converge.sink

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.AutoCleanup

/** How a server is known, and how it knows who sends: certificates and tokens. */
class HttpLoginSpec extends SinkSpecification {
    @AutoCleanup
    Collector collector = Collector.plain()

    def "by TLS it knows the server, shows its certificate and a token that it reads each time"() {
        given:
        def certificates = Files.createDirectory(folder.resolve('pem'))
        Collector.certificates(certificates)
        def token = own(Files.writeString(folder.resolve('token'), 'old-one\n'))
        def tls = { List<String> names -> new SinkSettings.Tls(*names.collect { Optional.ofNullable(it).map { name -> certificates.resolve(name) } }) }
        def secured = Collector.closed(Pem.context(tls(['ca.crt', 'server.crt', 'server.key'])))
        secured.rule = { exchange, one -> exchange.requestHeaders.getFirst('Authorization') == 'Bearer new-one' ? 200 : 401 }
        def settings = { http(secured.url('https'), [tls: tls(it), token: token]) }

        when: 'it does not trust the server'
        open(settings([null, 'client.crt', 'client.key']))
        sinks.report(news(1))

        then:
        soon.eventually { assert said.all.any { it.contains('No encrypted connection') } }

        when: 'it cannot say who it is'
        sinks.close()
        open(settings(['ca.crt', null, null]))

        then:
        soon.eventually { assert sinks.states()[0].tally().failed() > 2 }
        secured.got.empty

        when: 'its token is out of date'
        sinks.close()
        open(settings(['ca.crt', 'client.crt', 'client.key']))

        then:
        soon.eventually { assert said.all.any { it.contains('answers 401') } }

        when:
        Files.writeString(token, 'new-one')

        then:
        soon.eventually { assert runs(secured) == [id(1)] }
        !said.all.any { it.contains('old-one') || it.contains('new-one') }

        cleanup:
        secured?.close()
    }

    def "#what is said, and what waits goes once it is mended"() {
        given:
        def token = own(Files.writeString(folder.resolve('token'), secret))
        open(http(url ?: collector.url(), [token: token]))

        when:
        sinks.report(news(1))

        then:
        soon.eventually { assert said.all.any { it.contains(says) } }
        soon.eventually { assert sinks.states()[0].tally().failed() > 2 }
        !said.all.any { it.contains('s3cret') }

        when:
        Files.writeString(token, 's3cret')

        then:
        soon.eventually { assert url || runs(collector) == [id(1)] }

        where:
        what                       | url                               | secret        | says
        'a token of two lines'     | null                              | 's3cret\nx'   | 'not fit for a header'
        'a file without its token' | null                              | ''            | 'not fit for a header'
        'a port that is none'      | URI.create('http://localhost:99999/in') | 's3cret' | 'cannot be sent'
    }

    def "a file that is not there is nothing that a manifest declares"() {
        given:
        open(http(collector.url(), [token: folder.resolve('none')]))

        when:
        sinks.report(news(1))

        then:
        soon.eventually { assert sinks.states()[0].problem().present }
        sinks.states()[0].problem().get().suggestion().get() == 'Put it there, or name another one in agent.yaml.'
    }

    private static Path own(Path file) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rw-------'))
    }

    def "a token that every account can read is not sent until that is mended"() {
        given:
        def token = Files.writeString(folder.resolve('token'), 's3cret')
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString('rw-r--r--'))
        open(http(collector.url(), [token: token]))

        when:
        sinks.report(news(1))

        then:
        soon.eventually { assert said.all.any { it.contains("Every account can read or write $token") } }
        runs(collector) == []

        when:
        own(token)

        then:
        soon.eventually { assert runs(collector) == [id(1)] }
    }

    def "a key that every account can read is not used"() {
        given:
        def key = Files.writeString(folder.resolve('key'), '')
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString('rw-r--r--'))

        when:
        Pem.server(folder.resolve('certificate'), key)

        then:
        def e = thrown(Pem.Unfit)
        e.message.contains('every account can read')
        e.advice().startsWith("Run chmod 600 $key,")
    }

    def "files that are no PEM are told of, with what to do"() {
        when:
        Pem.context(new SinkSettings.Tls(Optional.of(Files.writeString(folder.resolve('ca'), 'nothing')), Optional.empty(), Optional.empty()))

        then:
        def e = thrown(Pem.Unfit)
        e.message.contains('no certificate')
        !e.advice().empty
    }
}
