package dev.converge.serve

import dev.converge.sink.Collector
import java.nio.file.Files
import java.nio.file.StandardCopyOption
import java.security.KeyStore
import java.security.cert.CertificateFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLException
import javax.net.ssl.SSLSocketFactory
import javax.net.ssl.TrustManagerFactory

/** HTTPS. */
class ServedOverTlsSpec extends ServeSpecification {

    def "it serves HTTPS with a certificate in PEM, and takes a new one when it is told to"() {
        given:
        Collector.certificates(folder)
        serve(tls: new ServeSettings.Tls(folder.resolve('server.crt'), folder.resolve('server.key')), trust: trust())

        expect:
        server.server.url().startsWith('https://')
        new URI(server.server.url().replace('127.0.0.1', 'localhost') + '/web-1/user-data').toURL().openConnection().with {
            it.SSLSocketFactory = trust().socketFactory
            it.inputStream.text.contains('in rack 4')
        }

        when: 'half of a renewal is there'
        def before = peer()
        Files.copy(folder.resolve('client.crt'), folder.resolve('server.crt'), StandardCopyOption.REPLACE_EXISTING)
        server.server.reload()

        then:
        peer() == before
        server.text().contains('The certificate stays as it was.')

        when:
        Files.copy(folder.resolve('client.key'), folder.resolve('server.key'), StandardCopyOption.REPLACE_EXISTING)
        server.server.reload()

        then:
        before != 'CN=client'
        peer() == 'CN=client'
    }

    def "a handshake that fails is in the log, with what the client objects to"() {
        given:
        Collector.certificates(folder)
        serve(tls: new ServeSettings.Tls(folder.resolve('server.crt'), folder.resolve('server.key')), trust: trust())

        when: 'one speaks no TLS, and one does not trust the certificate'
        server.raw("GET /0123456789abcdef0123/closed-1/user-data HTTP/1.1\r\nHost: x\r\n\r\n")
        SSLSocketFactory.default.createSocket('127.0.0.1', server.port).withCloseable { it.startHandshake() }

        then:
        thrown(SSLException)
        SOON.eventually {
            assert server.log.findAll { it.startsWith('127.0.0.1 ') } == ['127.0.0.1 - - - 0 0 us: TLS handshake failed', '127.0.0.1 - - - 0 0 us: TLS refused by the client: certificate_unknown']
        }
    }

    private String peer() {
        trust().socketFactory.createSocket('127.0.0.1', server.port).withCloseable {
            it.startHandshake()
            it.session.peerPrincipal.name
        }
    }

    private SSLContext trust() {
        def store = KeyStore.getInstance('PKCS12')
        store.load(null, null)
        Files.newInputStream(folder.resolve('ca.crt')).withCloseable {
            store.setCertificateEntry('ca', CertificateFactory.getInstance('X.509').generateCertificate(it))
        }
        def managers = TrustManagerFactory.getInstance(TrustManagerFactory.defaultAlgorithm)
        managers.init(store)
        def context = SSLContext.getInstance('TLS')
        context.init(null, managers.trustManagers, null)
        context
    }
}
