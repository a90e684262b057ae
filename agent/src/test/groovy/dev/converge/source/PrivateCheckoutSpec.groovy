package dev.converge.source

import com.sun.net.httpserver.HttpServer
import dev.converge.cli.CliSpecification
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Timeout

/** Checkouts of repositories that not everybody may read: by SSH with a key, by HTTPS with a password and an authority. */
@Timeout(180)
class PrivateCheckoutSpec extends CliSpecification {
    GitRepository origin
    Path place
    @AutoCleanup(quiet = true)
    AutoCloseable server

    def setup() {
        origin = new GitRepository(folder.resolve('repositories/app'))
        origin.commit(readme: 'one\n')
        place = Files.createDirectories(folder.resolve('srv')).resolve('app')
    }

    private GitSshServer sshd() {
        server = new GitSshServer(Files.createDirectories(folder.resolve('ssh')))
        server
    }

    private GitWebServer web() {
        server = new GitWebServer(folder.resolve('repositories'), Files.createDirectories(folder.resolve('tls')))
        server
    }

    private String checkout(String repository, Map<String, Object> how) {
        def lines = [repository: repository, revision: 'main'] + how
        "gitCheckout('$place') {\n" + lines.collect { name, value -> "    $name ${value instanceof Number ? value : "'$value'"}\n" }.join('') + '}\n'
    }

    private String readme() {
        Files.readString(place.resolve('readme'))
    }

    @Requires({ new File('/usr/sbin/sshd').exists() })
    def "SSH with a key of its own: cloned, followed, in sync"() {
        given:
        def sshd = sshd()
        def site = site(checkout(sshd.url(origin.folder), [sshKey: sshd.key, knownHosts: sshd.knownHosts] + depth))

        expect:
        run(site) == 0
        readme() == 'one\n'
        run('--dry-run', site) == 0

        when:
        origin.commit(readme: 'two\n')

        then:
        run('--dry-run', site) == 2
        run(site) == 0
        readme() == 'two\n'

        and: 'nothing of the key is kept in the checkout'
        !Files.readString(place.resolve('.git/config')).contains(sshd.key as String)

        where:
        depth << [[:], [depth: 1]]
    }

    @Requires({ new File('/usr/sbin/sshd').exists() })
    def "a key that the manifest itself brings is waited for"() {
        given:
        def sshd = sshd()
        def key = folder.resolve('deploy_key')
        def site = site(checkout(sshd.url(origin.folder), [sshKey: key, knownHosts: sshd.knownHosts]) +
                "file('$key') {\n    source '${sshd.key}'\n    mode '0600'\n}\n")

        expect:
        run('--dry-run', site) == 2
        !Files.exists(place)
        run(site) == 0
        readme() == 'one\n'
    }

    @Requires({ new File('/usr/sbin/sshd').exists() })
    def "SSH is refused with what to do: #what"() {
        given:
        def sshd = sshd()
        change.call(sshd)

        expect:
        run(site(checkout(sshd.url(origin.folder), [sshKey: sshd.key, knownHosts: sshd.knownHosts]))) == 4
        (out + err).contains(found)
        (out + err).contains(advice)
        !Files.exists(place)

        where:
        what                  | change                                        | found               | advice
        'an unknown host'     | { Files.writeString(it.knownHosts, '') }      | 'is not in'         | 'ssh-keyscan -p'
        'no known hosts'      | { Files.delete(it.knownHosts) }               | 'is not in'         | 'ssh-keyscan -p'
        'a changed host'      | { it.forgeKnownHost() }                       | 'another key'       | 'operator'
        'a key not let in'    | { Files.writeString(it.authorized, '') }      | 'could not be read' | 'public half'
        'a passphrase'        | { it.protectKey() }                           | 'passphrase'        | 'without one'
        'a key not there'     | { Files.delete(it.key) }                      | 'not there'         | 'ssh-keygen'
        'a server that ended' | { it.close() }                                | 'could not be read' | 'git ls-remote'
    }

    def "an address of SSH without a key does not compile: #address"() {
        expect:
        converge('compile', site(checkout(address, [:]))) == 1
        err.contains('is reached by SSH')
        err.contains('Give sshKey')
        err.contains('site.groovy:')

        where:
        address << ['ssh://git@git.example.com/app.git', 'git@git.example.com:app.git']
    }

    def "HTTPS by an authority of one's own, with a password that is shown nowhere"() {
        given:
        def web = web()
        web.password = 's3cr3t'
        def site = site(checkout(web.url('app/.git'), [caFile: web.authority, password: 's3cr3t']))

        expect:
        run('--output', 'json', site) == 0
        readme() == 'one\n'
        !out.contains('s3cr3t')
        !Files.readString(place.resolve('.git/config')).contains('s3cr3t')
    }

    def "HTTPS is refused with what to do: #what"() {
        given:
        def web = web()
        web.password = 's3cr3t'
        def how = (authority ? [caFile: authority == 'right' ? web.authority : folder.resolve('none.pem')] : [:]) + (password ? [password: password] : [:])

        expect:
        run(site(checkout(web.url('app/.git'), how))) == 4
        (out + err).contains(advice)
        !(out + err).contains('wr0ng')
        !Files.exists(place)

        where:
        what                  | authority | password | advice
        'a wrong password'    | 'right'   | 'wr0ng'  | 'Give username and password'
        'no password'         | 'right'   | null     | 'Give username and password'
        'a strange authority' | null      | 's3cr3t' | 'give caFile'
        'no authority there'  | 'none'    | 's3cr3t' | 'in PEM'
    }

    def "a password goes to its server alone, wherever that leads"() {
        given:
        def web = web()
        web.password = 's3cr3t'
        def leading = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)
        leading.createContext('/') { exchange ->
            exchange.responseHeaders.add('Location', web.url(exchange.requestURI.toString().substring(1)))
            exchange.sendResponseHeaders(302, -1)
            exchange.close()
        }
        leading.start()

        expect:
        run(site(checkout("http://127.0.0.1:$leading.address.port/app/.git", [caFile: web.authority, password: 's3cr3t']))) == 4
        !web.asked.empty
        web.logins.empty

        cleanup:
        leading.stop(0)
    }
}
