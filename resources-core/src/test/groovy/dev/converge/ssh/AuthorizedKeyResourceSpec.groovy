package dev.converge.ssh

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.FileSystemException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout
import spock.lang.Timeout

/** Keys of a user in a host that is a folder; only root can write into somebody's home. */
@Requires({ System.getProperty('user.name') == 'root' })
class AuthorizedKeyResourceSpec extends ProviderContractSpec<AuthorizedKeyResource> {
    private static final int ALICE = 4711
    private static final String ONE = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJZ1cWxIOHIHlhqs0v7uUUWgp3rKDmtFfzFB0l1rqkbL'
    private static final String TWO = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKp1cWxIOHIHlhqs0v7uUUWgp3rKDmtFfzFB0l1rqkbM'
    private static final String CAGE = 'command="/bin/say \\"a, b\\"",no-pty'

    @TempDir
    Path root

    Path home
    Path ssh
    Path file

    def setup() {
        home = Files.createDirectories(root.resolve('home/alice'))
        ssh = home.resolve('.ssh')
        file = ssh.resolve('authorized_keys')
        Files.createDirectories(root.resolve('etc'))
        Files.writeString(root.resolve('etc/passwd'), "root:x:0:0::/root:/bin/sh\nalice:x:$ALICE:$ALICE::/home/alice:/bin/sh\nghost:x:99:99::/nonexistent:/bin/sh\n")
        Files.writeString(root.resolve('etc/group'), "root:x:0:\nalice:x:$ALICE:\n")
        give(home)
    }

    private static void give(Path path) {
        Files.setAttribute(path, 'unix:uid', ALICE)
        Files.setAttribute(path, 'unix:gid', ALICE)
    }

    private void keys(String text) {
        Files.createDirectories(ssh)
        Files.writeString(file, text)
        [ssh, file].each { give(it) }
    }

    @Override
    AuthorizedKeyType schema() {
        new AuthorizedKeyType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<AuthorizedKeyResource>> samples() {
        [
            'first key': { key(ONE) },
            'further key': { keys("$TWO phone\n"); key(ONE) },
            'key with a name that is not ASCII': { resource('alice:Jürgen’s phone', [key: ONE]) },
            'key with options': { key(ONE, ['no-pty', 'from="10.0.0.0/8"']) },
            'key with another comment': { keys("$ONE old\n"); key(ONE) },
            'key that takes the place of another': { keys("no-pty $TWO laptop\n"); key(ONE, []) },
        ]
    }

    private AuthorizedKeyResource key(String text, List<String> options = null) {
        resource('alice:laptop', [key: text] + (options == null ? [:] : [options: options]))
    }

    def "#options takes #before to #after"() {
        given:
        def wanted = key(ONE, options)

        expect:
        new AuthorizedKeysText(before, wanted).with() == after
        new AuthorizedKeysText(after, wanted).with() == after

        where:
        before                                  | options   || after
        ''                                      | null      || "$ONE laptop\n"
        "# mine\n$TWO phone"                    | null      || "# mine\n$TWO phone\n$ONE laptop\n"
        "$ONE\n"                                | null      || "$ONE laptop\n"
        "no-pty $ONE old\n"                     | null      || "no-pty $ONE laptop\n"
        "no-pty $ONE laptop\n"                  | []        || "$ONE laptop\n"
        "$CAGE $ONE laptop\n"                   | null      || "$CAGE $ONE laptop\n"
        "$CAGE $ONE old\n"                      | ['no-pty'] || "no-pty $ONE laptop\n"
        "$TWO laptop\n$TWO phone\n"             | null      || "$ONE laptop\n$TWO phone\n"
        "$ONE a\nno-pty $ONE b\n"               | null      || "$ONE laptop\n"
        "$TWO laptop\n$ONE a\n"                 | null      || "$ONE laptop\n"
        "ecdsa nonsense laptop\n"               | null      || "ecdsa nonsense laptop\n$ONE laptop\n"
    }

    def "the folder and the file are made the user's own, for nobody else"() {
        when:
        converge(key(ONE))

        then:
        [ssh, file].every { Files.getAttribute(it, 'unix:uid') == ALICE && Files.getAttribute(it, 'unix:gid') == ALICE }
        PosixFilePermissions.toString(Files.getPosixFilePermissions(ssh)) == 'rwx------'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) == 'rw-------'
        Files.list(ssh).withCloseable { it.count() } == 1
    }

    def "what the file says stays, whatever bytes it has"() {
        given:
        keys('')
        Files.write(file, [0x23, 0xff, 0x0a] as byte[])

        when:
        converge(key(ONE))

        then:
        Files.readAllBytes(file)[0..2] == [0x23, (byte) 0xff, 0x0a]
    }

    def "without a key, absent removes what has the comment"() {
        given:
        keys("$ONE laptop\n$TWO phone\n")

        when:
        converge(resource('alice:laptop'), Ensure.ABSENT)

        then:
        file.toFile().text == "$TWO phone\n"
    }

    def "a link at #where is not followed"() {
        given:
        def elsewhere = Files.createDirectories(root.resolve('root/.ssh'))
        def target = elsewhere.resolve('authorized_keys')
        Files.writeString(target, "$TWO admin\n")
        if (where == '.ssh') {
            Files.createSymbolicLink(ssh, elsewhere)
        } else {
            Files.createDirectory(ssh)
            give(ssh)
            Files.createSymbolicLink(file, target)
        }

        when:
        converge(key(ONE))

        then:
        def failure = thrown(FileSystemException)
        failure.reason.contains('symbolic link')
        target.toFile().text == "$TWO admin\n"

        where:
        where << ['.ssh', 'authorized_keys']
    }

    @Timeout(20)
    def "a pipe in the file's place is not waited for"() {
        given:
        keys('')
        Files.delete(file)
        ['mkfifo', file as String].execute().waitFor()

        when:
        converge(key(ONE))

        then:
        thrown(FileSystemException)
    }

    def "a folder of somebody else is refused"() {
        given:
        keys('')
        Files.setAttribute(ssh, 'unix:uid', 99)

        when:
        converge(key(ONE))

        then:
        thrown(ResourceFailure)
    }

    def "#user without a home, or not there at all, is a failure that says so"() {
        when:
        converge(resource("$user:laptop", [key: ONE]))

        then:
        thrown(ResourceFailure)

        where:
        user << ['ghost', 'nobody-here']
    }

    def "two keys at once are both there"() {
        given:
        def wanted = (1..20).collect { resource("alice:key$it", [key: "${ONE[0..-4]}${String.format('%02d', it)}L"]) }

        when:
        wanted.parallelStream().forEach { converge(it) }

        then:
        file.toFile().readLines().size() == 20
    }

    def "a line of any length is read, and #options of its options"() {
        expect:
        KeyLine.of(0, "$start $ONE x").present == read
        KeyOption.all(start).size() == options

        where:
        start                             || read  | options
        'x' * 200_000                     || true  | 1
        'x="' + 'a,b' * 100_000 + '"'     || true  | 1
        'x="' + '\\"' * 100_000           || false | 1
        'x,' * 1000 + 'y'                 || true  | 1001
    }

    @Timeout(20)
    def "a comment full of spaces is read at once"() {
        expect:
        KeyLine.of(0, "$ONE a" + ' ' * 900_000 + 'b').get().comment().endsWith(' b')
    }

    def "a file that would fill the memory is refused, not read"() {
        given:
        keys('')
        new RandomAccessFile(root.resolve('home/alice/.ssh/authorized_keys').toFile(), 'rw').withCloseable { it.length = 8L << 30 }

        when:
        provider().observe(resource('alice:laptop', [key: ONE]), newHost())

        then:
        def failure = thrown(IOException)
        failure.message.contains('authorized_keys')
    }

    def "inspect finds a key by its comment, and it is in sync"() {
        given:
        keys("$CAGE $ONE laptop\n")

        expect:
        def seen = provider().inspect('alice:laptop', newHost()).get()
        seen.options().get()*.text() == ['command="/bin/say \\"a, b\\""', 'no-pty']
        difference(seen).empty
    }

    def "#what is refused"() {
        when:
        resource(name, [key: text, options: options])

        then:
        def e = thrown(InvalidValueException)
        !e.message.contains('b3BlbnNza')

        where:
        what                   | name           | text                     | options
        'no name'              | 'alice'        | ONE                      | []
        'no user'              | ':laptop'      | ONE                      | []
        'another type'         | 'alice:l'      | ONE.replace('ssh-ed25519', 'ssh-dss') | []
        'another type in it'   | 'alice:l'      | ONE.replace('ssh-ed25519', 'ssh-rsa') | []
        'a damaged key'        | 'alice:l'      | ONE[0..30]               | []
        'no base64'            | 'alice:l'      | 'ssh-rsa AAAA!'          | []
        'two keys'             | 'alice:l'      | "$ONE\n$TWO"             | []
        'options in the key'   | 'alice:l'      | "no-pty $ONE"            | []
        'a private key'        | 'alice:l'      | '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNza' | []
        'an open quote'        | 'alice:l'      | ONE                      | ['command="x']
        'two options in one'   | 'alice:l'      | ONE                      | ['no-pty,no-x']
        'a line break'         | 'alice:l'      | ONE                      | ['command="a\nb"']
    }
}
