package dev.converge.source

import dev.converge.install.Fetching
import dev.converge.install.ModuleInstaller
import dev.converge.module.SiteModules
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.environment.RestoreSystemProperties

/** Modules from repositories that not everybody may read. */
@Timeout(180)
@RestoreSystemProperties
class PrivateModulesSpec extends Specification {
    @TempDir
    Path folder
    Path site
    GitRepository origin
    @AutoCleanup(quiet = true)
    AutoCloseable server

    def setup() {
        System.setProperty('converge.modules', folder.resolve('shipped') as String)
        site = Files.createDirectories(folder.resolve('site'))
        origin = new GitRepository(folder.resolve('repositories/tomcat'))
        release('1.0.0')
    }

    private void release(String version) {
        origin.commit('module.yaml': "name: tomcat\nversion: $version\n".toString(), 'src/readme.txt': version)
        origin.git('tag', "v$version")
    }

    private GitSshServer sshd() {
        server = new GitSshServer(Files.createDirectories(folder.resolve('ssh')))
        server
    }

    private GitWebServer web() {
        server = new GitWebServer(folder.resolve('repositories'), Files.createDirectories(folder.resolve('tls')))
        server
    }

    private Path password(String text) {
        Files.writeString(folder.resolve('password'), "$text\n").tap { Files.setPosixFilePermissions(it, PosixFilePermissions.fromString('rw-------')) }
    }

    private install(String url, Map<String, Object> how, Fetching fetching = Fetching.WHAT_IS_MISSING) {
        def keys = [git: url, version: '^1.0'] + how
        Files.writeString(site.resolve('converge.modules.yaml'),
                'modules:\n  tomcat: { ' + keys.collect { name, value -> "$name: '$value'" }.join(', ') + ' }\n')
        new ModuleInstaller(folder.resolve('cache'), fetching).install(site)
    }

    private String wrong(String url, Map<String, Object> how) {
        def done = install(url, how)
        assert done.value().empty
        done.diagnostics().collect { "${it.at().get()} ${it.detail()} ${it.suggestion().orElse('')}" }.join('\n')
    }

    @Requires({ new File('/usr/sbin/sshd').exists() })
    def "SSH with a key; the lock knows nothing of it"() {
        given:
        def sshd = sshd()
        def url = sshd.url(origin.folder)

        expect:
        install(url, [sshKey: sshd.key, knownHosts: sshd.knownHosts]).value().get()*.version() == ['1.0.0']
        SiteModules.of(site).isOk()

        when: 'somebody else has his key elsewhere'
        def lock = Files.readString(site.resolve('converge.modules.lock'))
        Files.move(sshd.key, folder.resolve('other_key'))
        site.resolve('.converge').toFile().deleteDir()
        folder.resolve('cache').toFile().deleteDir()
        def again = install(url, [sshKey: '../other_key', knownHosts: '../ssh/known_hosts'])

        then:
        again.value().get()*.changed() == [true]
        Files.readString(site.resolve('converge.modules.lock')) == lock
        !lock.contains('sshKey')

        when: 'without the key, what is installed and what the cache has do'
        Files.delete(folder.resolve('other_key'))
        site.resolve('.converge').toFile().deleteDir()

        then:
        install(url, [sshKey: sshd.key]).value().get()*.version() == ['1.0.0']
    }

    @Requires({ new File('/usr/sbin/sshd').exists() })
    def "a key in the home of who installs"() {
        given:
        def sshd = sshd()
        System.setProperty('user.home', folder as String)

        expect:
        install(sshd.url(origin.folder), [sshKey: '~/ssh/key', knownHosts: '~/ssh/known_hosts']).isOk()
    }

    @Requires({ new File('/usr/sbin/sshd').exists() })
    def "SSH is refused at the list's line, with what to do: #what"() {
        given:
        def sshd = sshd()
        change.call(sshd)

        expect:
        with(wrong(sshd.url(origin.folder), key ? [sshKey: sshd.key, knownHosts: sshd.knownHosts] : [:])) {
            it.startsWith('converge.modules.yaml:2:3 ')
            it.contains(found)
            it.contains(advice)
        }

        where:
        what               | key   | change                                   | found               | advice
        'an unknown host'  | true  | { Files.writeString(it.knownHosts, '') } | 'is not in'         | 'ssh-keyscan -p'
        'a changed host'   | true  | { it.forgeKnownHost() }                  | 'another key'       | 'operator'
        'a key not let in' | true  | { Files.writeString(it.authorized, '') } | 'could not be read' | 'public half'
        'a key not there'  | true  | { Files.delete(it.key) }                 | 'not there'         | 'ssh-keygen'
        'no key'           | false | { }                                      | 'No key was given'  | 'Give sshKey'
    }

    def "HTTPS by an authority of one's own, with a password from a file"() {
        given:
        def web = web()
        web.password = 's3cr3t'
        def given = [caFile: web.authority, username: 'git', passwordFile: password('s3cr3t')]

        expect:
        install(web.url('tomcat/.git'), given).value().get()*.version() == ['1.0.0']

        when:
        release('1.1.0')

        then:
        install(web.url('tomcat/.git'), given, Fetching.UPDATE).value().get()*.version() == ['1.1.0']
        !Files.readString(site.resolve('converge.modules.lock')).contains('s3cr3t')
    }

    def "HTTPS is refused with what to do: #what"() {
        given:
        def web = web()
        web.password = 's3cr3t'
        def given = (authority ? [caFile: web.authority] : [:]) + [passwordFile: file == 'there' ? password(text) : folder.resolve('none')]

        expect:
        with(wrong(web.url('tomcat/.git'), given)) {
            it.startsWith('converge.modules.yaml:2:3 ')
            it.contains(advice)
            !it.contains('wr0ng')
        }

        where:
        what                  | authority | file    | text     | advice
        'a wrong password'    | true      | 'there' | 'wr0ng'  | 'username and password'
        'a strange authority' | false     | 'there' | 's3cr3t' | 'caFile'
        'no password file'    | true      | 'none'  | ''       | 'Put it there'
    }

    def "a folder needs no key"() {
        given:
        Files.writeString(site.resolve('converge.modules.yaml'), 'modules:\n  tomcat: { path: ../repositories/tomcat, sshKey: /root/key }\n')

        expect:
        SiteModules.of(site).diagnostics().collect { "${it.at().get()} ${it.detail()}".toString() } ==
                ['converge.modules.yaml:2:43 A folder is read without "sshKey".']
    }
}
