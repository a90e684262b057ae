package dev.converge.source

import dev.converge.diagnostic.Code
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Only what is signed by those who may sign is used; Git and GnuPG themselves sign it here. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 && ['ssh-keygen', '-?'].execute().waitFor() >= 0 })
@Timeout(180)
class SourceTrustSpec extends Specification {
    @TempDir
    @Shared
    Path keys
    @TempDir
    Path folder
    @Shared
    Path gnupg
    GitRepository origin
    Path allowed

    def setupSpec() {
        run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', "$keys/ed25519")
        run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', "$keys/other")
        run('ssh-keygen', '-q', '-t', 'rsa', '-b', '2048', '-N', '', '-f', "$keys/rsa")
        [256, 384, 521].each { run('ssh-keygen', '-q', '-t', 'ecdsa', '-b', "$it", '-N', '', '-f', "$keys/ecdsa$it") }
        gnupg = Files.createDirectory(keys.resolve('gnupg'))
        gnupg.toFile().setExecutable(false, false)
        Files.setPosixFilePermissions(gnupg, java.nio.file.attribute.PosixFilePermissions.fromString('rwx------'))
    }

    def cleanupSpec() {
        run('gpgconf', '--homedir', gnupg as String, '--kill', 'all')
    }

    def setup() {
        origin = new GitRepository(folder.resolve('site'))
        allowed = folder.resolve('allowed_signers')
        write('ada@example.com', '', 'ed25519')
    }

    private String run(String... command) {
        def builder = new ProcessBuilder(command).redirectErrorStream(true)
        builder.environment().put('GNUPGHOME', keys.resolve('gnupg') as String)
        def process = builder.start()
        process.outputStream.close()
        def output = process.inputStream.text
        assert process.waitFor() == 0 : output
        output.trim()
    }

    private void write(String principals, String options, String key) {
        def words = Files.readString(keys.resolve("${key}.pub")).trim().split(' ')
        Files.writeString(allowed, "# who may sign\n\n$principals ${options ? options + ' ' : ''}${words[0]} ${words[1]} a comment\n")
    }

    private void signWith(String key) {
        origin.options = ['-c', 'gpg.format=ssh', '-c', "user.signingKey=$keys/$key" as String]
    }

    private Fetched fetch(Map<String, Object> given = [:]) {
        def settings = Sources.settings([allowedSigners: allowed] + given, "file://$origin.folder")
        SiteSource.open(settings, folder.resolve('state')).withCloseable { it.fetch() }
    }

    def "a commit signed with a key of type #key is used"() {
        given:
        write('ada@example.com,*@ops.example.com', 'namespaces="git"', key)
        signWith(key)
        origin.commit(['a.groovy': 'one\n'], '-S')

        expect:
        Fetched.Newest newest = fetch()
        newest.copy().signer().get().contains('ada@example.com')

        where:
        key << ['ed25519', 'rsa', 'ecdsa256', 'ecdsa384', 'ecdsa521']
    }

    def "a commit that is #what is refused, naming it, its author and what was found"() {
        given:
        signWith(key)
        origin.commit(['a.groovy': 'one\n'], (signed ? ['-S'] : []) as String[])

        when:
        Fetched.Refused refused = fetch()

        then:
        refused.commit() == origin.head()
        refused.why().code() == Code.UNTRUSTED
        refused.why().detail().contains(origin.head().take(10))
        refused.why().detail().contains('Ada <ada@example.com>')
        refused.why().detail().contains(found)
        refused.why().suggestion().present

        where:
        what                         | key     | signed | found
        'not signed'                 | 'rsa'   | false  | 'not signed'
        'signed with an unknown key' | 'other' | true   | 'SHA256:'
    }

    def "a key counts for what its line says: #options"() {
        given:
        write('ada@example.com', options, 'ed25519')
        signWith('ed25519')
        origin.commit(['a.groovy': 'one\n'], '-S')

        expect:
        fetch().getClass() == outcome

        where:
        options                                                     | outcome
        'namespaces="git"'                                          | Fetched.Newest
        'namespaces="file,git"'                                     | Fetched.Newest
        'namespaces="g*"'                                           | Fetched.Newest
        'namespaces="file"'                                         | Fetched.Refused
        'valid-after="20200101"'                                    | Fetched.Newest
        'valid-after="29990101Z"'                                   | Fetched.Refused
        'valid-before="20200101Z"'                                  | Fetched.Refused
        'valid-before="299901011200Z"'                              | Fetched.Newest
        'namespaces="git",valid-after="20200101",valid-before="20210101000000"' | Fetched.Refused
        'cert-authority'                                            | Fetched.Refused
    }

    def "a line that names no signer is told of by its number: #line"() {
        given:
        Files.writeString(allowed, "# first\n$line\n")
        signWith('ed25519')
        origin.commit(['a.groovy': 'one\n'], '-S')

        when:
        Fetched.Refused refused = fetch()

        then:
        refused.why().detail().contains("$allowed:2")

        where:
        line << ['ada@example.com', 'ada@example.com ssh-ed25519', 'ada@example.com ssh-ed25519 AAAA', 'ada@example.com nonsense="x" ssh-ed25519 AAAA',
                 'ada@example.com valid-after="yesterday" ssh-ed25519 AAAA', 'ssh-ed25519 AAAA']
    }

    def "without a file of keys nothing is used"() {
        given:
        Files.delete(allowed)
        signWith('ed25519')
        origin.commit(['a.groovy': 'one\n'], '-S')

        expect:
        fetch() instanceof Fetched.Refused
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "a file of keys that #who counts for nothing"() {
        given:
        signWith('ed25519')
        origin.commit(['a.groovy': 'one\n'], '-S')
        Files.setAttribute(allowed, attribute, value)

        when:
        def refused = fetch()

        then:
        refused instanceof Fetched.Refused
        refused.why().detail().contains(said)

        where:
        who                  | attribute   | value  || said
        'all can write'      | 'unix:mode' | 0666   || 'can be written by others'
        'its group can'      | 'unix:mode' | 0664   || 'can be written by others'
        'somebody else owns' | 'unix:uid'  | 65534  || 'belongs to the account 65534'
    }

    def "a signature of another commit does not count"() {
        given:
        signWith('ed25519')
        origin.commit(['a.groovy': 'one\n'], '-S')
        def raw = origin.git('cat-file', 'commit', 'HEAD')
        def forged = folder.resolve('forged')
        Files.writeString(forged, raw.replace('a change', 'a forged change') + '\n')
        origin.git('update-ref', 'refs/heads/main', origin.git('hash-object', '-t', 'commit', '-w', forged as String))

        when:
        Fetched.Refused refused = fetch()

        then:
        refused.why().detail().contains('does not belong')
    }

    def "a signed tag vouches for a commit that is not signed"() {
        given:
        origin.commit('a.groovy': 'one\n')
        signWith(key)
        origin.git('tag', '-s', '-m', 'version 1', 'v1')

        expect:
        fetch(ref: 'v1').getClass() == outcome

        where:
        key       | outcome
        'ed25519' | Fetched.Newest
        'other'   | Fetched.Refused
    }

    def "a signed tag says nothing under another name"() {
        given:
        origin.commit('a.groovy': 'one\n')
        signWith('ed25519')
        origin.git('tag', '-s', '-m', 'version 1', 'v1')
        origin.git('update-ref', 'refs/tags/v2', origin.git('rev-parse', 'v1'))

        expect:
        fetch(ref: 'v1') instanceof Fetched.Newest
        fetch(ref: 'v2') instanceof Fetched.Refused
    }

    def "who is no longer trusted is not trusted offline either"() {
        given:
        signWith('ed25519')
        origin.commit(['a.groovy': 'one\n'], '-S')
        def settings = Sources.settings([allowedSigners: allowed], "file://$origin.folder")
        def source = SiteSource.open(settings, folder.resolve('state'))
        source.accept(((Fetched.Newest) source.fetch()).copy())
        assert source.inForce().present

        when:
        write('bob@example.com', '', 'other')

        then:
        source.inForce().empty
        source.fetch() instanceof Fetched.Refused

        cleanup:
        source.close()
    }

    @Requires({ ['gpg', '--version'].execute().waitFor() == 0 })
    def "OpenPGP: a commit by a key that is #what is #used"() {
        given:
        def name = what.replace(' ', '-')
        run(['gpg', '--batch', '--passphrase', '', '--faked-system-time', made, '--quick-gen-key', "$name <$name@example.com>" as String, kind, 'default', lasts] as String[])
        origin.options = ['-c', "user.signingKey=$name@example.com" as String]
        def program = folder.resolve('gpg')
        Files.writeString(program, "#!/bin/sh\nexec env GNUPGHOME=$gnupg gpg --batch --faked-system-time $made \"\$@\"\n")
        program.toFile().executable = true
        origin.options += ['-c', "gpg.program=$program" as String]
        origin.commit(['a.groovy': 'one\n'], '-S')
        if (revoked) {
            def fingerprint = run('gpg', '--with-colons', '--list-keys', "$name@example.com").readLines().find { it.startsWith('fpr') }.split(':')[9]
            def revocation = gnupg.resolve("openpgp-revocs.d/${fingerprint}.rev")
            Files.writeString(revocation, Files.readString(revocation).replace(':-----BEGIN', '-----BEGIN'))
            run('gpg', '--batch', '--import', revocation as String)
        }
        def exported = folder.resolve('keys.asc')
        Files.writeString(exported, run('gpg', '--armor', '--export', "<${what == 'unknown' ? 'known' : name}@example.com>") + '\n')

        expect:
        def fetched = fetch(allowedSigners: null, pgpKeys: exported)
        fetched.getClass() == outcome
        used == 'used' || fetched.why().detail().contains(used)

        where:
        what       | kind      | made                 | lasts   | revoked || used
        'known'    | 'rsa3072' | '20260101T000000'    | 'never' | false   || 'used'
        'of curve' | 'ed25519' | '20260101T000000'    | 'never' | false   || 'used'
        'of NIST'  | 'nistp256'| '20260101T000000'    | '2y'    | false   || 'used'
        'unknown'  | 'ed25519' | '20260101T000000'    | 'never' | false   || 'does not have'
        'revoked'  | 'ed25519' | '20260101T000000'    | 'never' | true    || 'revoked'

        outcome = used == 'used' ? Fetched.Newest : Fetched.Refused
    }

    @Requires({ ['gpg', '--version'].execute().waitFor() == 0 })
    def "OpenPGP: a commit that a key signed after its time is refused"() {
        given:
        run('gpg', '--batch', '--passphrase', '', '--faked-system-time', '20260101T000000', '--quick-gen-key', 'late <late@example.com>', 'ed25519', 'default', 'never')
        origin.options = ['-c', 'user.signingKey=late@example.com']
        def program = folder.resolve('gpg')
        Files.writeString(program, "#!/bin/sh\nexec env GNUPGHOME=$gnupg gpg --batch \"\$@\"\n")
        program.toFile().executable = true
        origin.options += ['-c', "gpg.program=$program" as String]
        origin.commit(['a.groovy': 'one\n'], '-S')
        def fingerprint = run('gpg', '--with-colons', '--list-keys', 'late@example.com').readLines().find { it.startsWith('fpr') }.split(':')[9]
        run('gpg', '--batch', '--faked-system-time', '20260102T000000', '--quick-set-expire', fingerprint, '30d')
        def exported = folder.resolve('keys.asc')
        Files.writeString(exported, run('gpg', '--armor', '--export', 'late@example.com') + '\n')

        when:
        Fetched.Refused refused = fetch(allowedSigners: null, pgpKeys: exported)

        then:
        refused.why().detail().contains('expired')
    }
}
