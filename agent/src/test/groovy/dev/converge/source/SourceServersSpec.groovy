package dev.converge.source

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING

import dev.converge.diagnostic.Code
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** HTTPS with a private authority and a password, SSH with known hosts, and servers that do not do as they should. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 && ['openssl', 'version'].execute().waitFor() == 0 })
@Timeout(120)
class SourceServersSpec extends Specification {
    @TempDir
    Path folder
    GitRepository origin
    AutoCloseable server

    def setup() {
        origin = new GitRepository(folder.resolve('repositories/site'))
        origin.commit('a.groovy': 'one\n', big: new Random(1).with { r -> (1..20000).collect { r.nextInt() }.join(' ') })
    }

    def cleanup() {
        server?.close()
    }

    private GitWebServer web() {
        server = new GitWebServer(folder.resolve('repositories'), Files.createDirectories(folder.resolve('tls')))
        server
    }

    private Fetched fetch(Map<String, Object> given, Object url) {
        SiteSource.open(Sources.settings(given, url), folder.resolve('state')).withCloseable { SiteSource source ->
            def fetched = source.fetch()
            if (fetched instanceof Fetched.Newest) {
                source.accept(fetched.copy())
            }
            fetched
        }
    }

    private Path file(String name, String text) {
        Files.writeString(folder.resolve(name), text).tap { Files.setPosixFilePermissions(it, PosixFilePermissions.fromString('rw-r-----')) }
    }

    def "HTTPS by a private authority, with a password from a file"() {
        given:
        def web = web()
        web.password = 's3cr3t'
        def given = [caFile: web.authority, passwordFile: file('password', 's3cr3t\n')]

        expect:
        fetch(given, web.url('site/.git')) instanceof Fetched.Newest
        fetch(given, web.url('site/.git')) instanceof Fetched.Same
        origin.commit('a.groovy': 'two\n') == fetch(given, web.url('site/.git')).copy().commit()

    }

    def "a password is sent to nobody else, and shown nowhere: #what"() {
        given:
        def web = web()
        web.password = 's3cr3t'
        def given = (authority ? [caFile: web.authority] : [:]) + (password ? [passwordFile: file('password', password)] : [:])

        when:
        Fetched.Unreachable away = fetch(given, web.url('site/.git'))

        then:
        away.why().code() == Code.SOURCE
        away.why().suggestion().get().contains(advice)
        !away.why().toString().contains('wr0ng')

        where:
        what                 | authority | password | advice
        'wrong password'     | true      | 'wr0ng'  | 'password'
        'no password'        | true      | null     | 'password'
        'a strange authority'| false     | 's3cr3t' | 'caFile'
    }

    def "a file that should have the password and is empty is told of as such"() {
        when:
        Fetched.Unreachable away = fetch([passwordFile: file('password', ' \n')], 'https://git.invalid/site.git')

        then:
        away.why().code() == Code.SOURCE
        away.why().detail().endsWith('should have the password, and is empty.')
    }

    def "a password that every account can read is not used"() {
        given:
        def password = file('password', 's3cret')
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString('rw-r--r--'))

        when:
        Fetched.Unreachable away = fetch([passwordFile: password], 'https://git.invalid/site.git')

        then:
        away.why().detail() == "The password in $password is not used: every account can read or write it."
        away.why().suggestion().get().startsWith("Run chmod 600 $password,")
    }

    def "a folder in the place of the password's file is told of as such: nobody is to change its rights"() {
        given:
        def passwords = Files.createDirectory(folder.resolve('passwords'))
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString('rwxr-xr-x'))

        when:
        Fetched.Unreachable away = fetch([passwordFile: passwords], 'https://git.invalid/site.git')

        then:
        away.why().detail() == "The password in $passwords cannot be read."
        !away.why().suggestion().get().contains('chmod')
    }

    def "a server whose name is not known is named, and the address only once"() {
        when:
        Fetched.Unreachable away = fetch([:], 'https://git.invalid/site.git')

        then:
        away.why().detail() == 'The repository https://git.invalid/site.git could not be read: the name git.invalid is not known.'
        away.why().suggestion().get().contains('getent hosts git.invalid')
    }

    def "a server that closes the connection at once is told of as such: #scheme"() {
        given:
        def rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())
        Thread.startDaemon {
            try {
                while (true) {
                    rude.accept().close()
                }
            } catch (SocketException ignored) {
                // The test has ended.
            }
        }
        def sshd = Files.createDirectories(folder.resolve('keys'))
        assert ['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', "$sshd/key" as String].execute().waitFor() == 0

        when:
        Fetched.Unreachable away = fetch([sshKey: sshd.resolve('key')], "$scheme://${scheme == 'ssh' ? 'git@' : ''}127.0.0.1:$rude.localPort/x.git")

        then:
        away.why().detail().contains('closed the connection')

        cleanup:
        rude?.close()

        where:
        scheme << ['https', 'http', 'git', 'ssh']
    }

    def "a server that #manner ends in time, and what is in force stays"() {
        given:
        def web = web()
        def given = [caFile: web.authority, timeLimit: Duration.ofSeconds(4)]
        assert fetch(given + [timeLimit: Duration.ofSeconds(100)], web.url('site/.git')) instanceof Fetched.Newest
        origin.commit('a.groovy': 'two\n', big: new Random(2).with { r -> (1..20000).collect { r.nextInt() }.join(' ') })

        when:
        web.manner = manner
        long began = System.nanoTime()
        def away = fetch(given, web.url('site/.git'))

        then:
        away instanceof Fetched.Unreachable
        Duration.ofNanos(System.nanoTime() - began) < Duration.ofSeconds(8)

        when:
        web.manner = GitWebServer.Manner.WELL
        def fetched = fetch(given + [timeLimit: Duration.ofSeconds(100)], web.url('site/.git'))

        then:
        fetched.copy().commit() == origin.head()

        where:
        manner << GitWebServer.Manner.values() - GitWebServer.Manner.WELL
    }

    @Requires({ new File('/usr/sbin/sshd').exists() })
    def "SSH to a host that is known, with a key of its own"() {
        given:
        def sshd = new GitSshServer(Files.createDirectories(folder.resolve('ssh')))
        server = sshd
        def given = [sshKey: sshd.key, knownHosts: sshd.knownHosts]

        expect:
        fetch(given, sshd.url(origin.folder)) instanceof Fetched.Newest
        fetch(given, sshd.url(origin.folder)) instanceof Fetched.Same
        origin.commit('a.groovy': 'two\n') == fetch(given, sshd.url(origin.folder)).copy().commit()
    }

    @Requires({ new File('/usr/sbin/sshd').exists() })
    def "an SSH server is refused with what to do: #what"() {
        given:
        def sshd = new GitSshServer(Files.createDirectories(folder.resolve('ssh')))
        server = sshd
        change.call(sshd)

        when:
        Fetched.Unreachable away = fetch([sshKey: sshd.key, knownHosts: sshd.knownHosts], sshd.url(origin.folder))

        then:
        away.why().detail().contains(found)
        away.why().suggestion().get().contains(advice)

        where:
        what                | change                                                                  | found                    | advice
        'unknown'           | { Files.writeString(it.knownHosts, '') }                                | 'is not in'              | 'ssh-keyscan -p'
        'changed'           | { it.forgeKnownHost() }                                                 | 'another key'            | 'operator'
        'revoked'           | { Files.writeString(it.knownHosts, '@revoked * ' + it.hostKey + '\n') } | 'revokes'                | 'replaced'
        'a key not let in'  | { Files.writeString(it.authorized, '') }                                | 'could not be read'      | 'public half'
        'a passphrase'      | { it.protectKey() }                                                     | 'passphrase'             | 'without one'
        'a public key'      | { Files.copy(it.key.resolveSibling(it.key.fileName.toString() + '.pub'), it.key, REPLACE_EXISTING) } | 'not a private key'      | 'without .pub'
        'a key for everybody' | { Files.setPosixFilePermissions(it.key, PosixFilePermissions.fromString('rw-r--r--')) }              | 'other accounts can read' | 'chmod 600'
        'no key'            | { Files.delete(it.key) }                                                | 'not there'              | 'ssh-keygen'
    }
}
