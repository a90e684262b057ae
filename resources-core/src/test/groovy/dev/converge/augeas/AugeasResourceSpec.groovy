package dev.converge.augeas

import static dev.converge.augeas.ConfigurationFiles.changedLines
import static dev.converge.augeas.ConfigurationFiles.shipped

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** Edits of configuration files as trees, on files as Debian ships them. */
class AugeasResourceSpec extends ProviderContractSpec<AugeasResource> {
    static final String SSHD = '/etc/ssh/sshd_config'

    @TempDir
    Path root

    def setup() {
        ConfigurationFiles.copyTo(root)
    }

    @Override
    AugeasType schema() {
        new AugeasType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<AugeasResource>> samples() {
        [
            'set': { edit(SSHD, 'set PermitRootLogin no') },
            'list of edits': { edit(SSHD, 'set UsePAM no', 'rm AcceptEnv', 'set MaxAuthTries 3') },
            'guarded insertion': {
                edit('/etc/hosts', [onlyIf: "match *[canonical = 'db'] size == 0"], 'set 01/ipaddr 192.0.2.7', 'set 01/canonical db')
            },
            'new file': { edit('new', [incl: '/etc/new.conf', lens: 'Sysctl', create: true], 'set a.b 1') },
        ]
    }

    def "#edits of #file change #lines"() {
        when:
        converge(edit(file, edits as String[]))

        then:
        changedLines(shipped(file), read(file)) == lines
        difference(edit(file, edits as String[])).empty

        where:
        file | edits || lines
        SSHD | ['set UsePAM no', 'rm X11Forwarding'] || ['-UsePAM yes', '+UsePAM no', '-X11Forwarding yes']
        SSHD | ['rm Nothing', 'set UsePAM yes'] || []
        SSHD | ['rm UsePAM', 'ins UsePAM before Subsystem', 'set UsePAM no'] || ['-UsePAM yes', '+UsePAM no']
        SSHD | ['set Match/Condition/User bob', 'set Match/Settings/X11Forwarding no'] || ['+Match User "bob"', '+  X11Forwarding no']
        '/etc/fstab' | ["set *[file = '/']/opt[1] noatime", "rm *[file = '/']/opt/value"] || ['-UUID=0f3c1d52-9a4e-4b7b-8d5a-0c4a5f6e7d81 /               ext4    errors=remount-ro 0       1', '+UUID=0f3c1d52-9a4e-4b7b-8d5a-0c4a5f6e7d81 /               ext4    noatime 0       1']
        '/etc/hosts' | ["set *[ipaddr = '127.0.1.1']/alias[1] www"] || ['-127.0.1.1\tweb1.example.com web1', '+127.0.1.1\tweb1.example.com www']
        '/etc/nginx/nginx.conf' | ['set worker_processes 4'] || ['-worker_processes auto;', '+worker_processes 4;']
        '/etc/sudoers' | ["set spec[user = '%sudo']/host_group/command/tag NOPASSWD"] || ['-%sudo\tALL=(ALL:ALL) ALL', '+%sudo\tALL=(ALL:ALL) NOPASSWD : ALL']
        '/etc/mysql/my.cnf' | ["setm target[. = 'mysqld'] user root"] || ['-user                    = mysql', '+user                    = root']
        '/etc/mysql/my.cnf' | ["rm target[. = 'none']/x", 'touch target[1]'] || []
        '/etc/login.defs' | ['mv UMASK HOME_MODE'] || ['-UMASK\t\t022', '+HOME_MODE 022']
        '/etc/crontab' | ['touch entry[last()]', "setm entry[time/minute = '99'] user root"] || []
    }

    def "relative paths begin at the context"() {
        when:
        converge(edit('my', [context: "/files/etc/mysql/my.cnf/target[. = 'mysqld']"], 'set user root', 'rm skip-name-resolve'))

        then:
        changedLines(shipped('/etc/mysql/my.cnf'), read('/etc/mysql/my.cnf')) ==
                ['-user                    = mysql', '+user                    = root', '-skip-name-resolve']
    }

    def "edits are made where #guard holds: #made"() {
        expect:
        difference(edit(SSHD, [onlyIf: guard], 'set UsePAM no')).present == made

        where:
        guard || made
        'match AllowUsers size == 0' || true
        'match AllowUsers size > 0' || false
        'match #comment size > 20' || true
        'get UsePAM == yes' || true
        'get UsePAM != yes' || false
        'get UsePAM =~ ^y' || true
        'get Nothing == yes' || false
        'values AcceptEnv/* include LANG' || true
        'values AcceptEnv/* not_include LANG' || false
        'values AcceptEnv/* == ["LANG", "LC_*"]' || true
        "values AcceptEnv/* != ['LANG', 'LC_*']" || false
        'match UsePAM include /files/etc/ssh/sshd_config/UsePAM' || true
    }

    def "a change says which nodes it is about, and what they are"() {
        given:
        def change = difference(edit(SSHD, 'set UsePAM no', 'set MaxAuthTries 3', 'rm X11Forwarding', 'set PrintMotd no')).get()

        expect:
        change.attributes()*.before()*.get()*.toString() == ['[UsePAM = yes, X11Forwarding = yes]']
        change.attributes()*.after()*.toString() == ['[set UsePAM no, set MaxAuthTries 3, rm X11Forwarding, set PrintMotd no]']
    }

    def "edits that would grow the file in each run are refused: #edits"() {
        when:
        provider().check(difference(edit('/etc/hosts', edits as String[])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().get().contains('onlyIf')

        where:
        edits << [
            ['set #comment[last() + 1] again'],
            ["ins 01 before *[1]", 'set 01/ipaddr 192.0.2.7', 'set 01/canonical db'],
        ]
    }

    def "what libaugeas refuses is said in its words: #edits"() {
        when:
        difference(edit(SSHD, edits as String[]))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(said)
        read(SSHD) == shipped(SSHD)

        where:
        edits || said
        ['set UsePAM[ no'] || 'Invalid path'
        ['rm *[bad'] || "unmatched '['"
        ['set AcceptEnv/* x'] || 'match'
        ['ins X before Nothing'] || 'No match'
        ['setm UsePAM A/B x'] || 'cannot be written'
        ['set /files/etc/hosts/1/ipaddr ::1'] || 'not in /etc/ssh/sshd_config'
        ['set Foo/Bar/Baz x'] || 'cannot be written in the syntax of the lens Sshd'
        ['ins X before UsePAM'] || 'cannot be written'
        ['rm /files'] || 'not in /etc/ssh/sshd_config'
        ['set ../../hosts/1/canonical x'] || 'not in /etc/ssh/sshd_config'
        ['setm . ../../hosts/1/canonical x'] || 'not in /etc/ssh/sshd_config'
        ['rm ../sshd_config'] || 'leads to all of'
        ['rm /files/etc/ssh/sshd_config'] || 'leads to all of'
        ['set /augeas/save noop'] || 'not in /etc/ssh/sshd_config'
    }

    def "a file that the lens cannot parse is said with line and column, and stays"() {
        given:
        Files.writeString(root.resolve('etc/hosts'), '127.0.0.1 localhost\nbad\n')

        when:
        difference(edit('/etc/hosts', 'set 1/canonical x'))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('line 2, column')
        failure.message.contains('2 | bad\n')
    }

    def "a path that led into another file leaves no trace in what is written to that one"() {
        given:
        def host = newHost()
        def hosts = edit('/etc/hosts', 'set 1/alias[1] me')
        provider().observe(hosts, host)

        when:
        provider().observe(edit('/etc/fstab', 'set ../hosts/2/canonical stranger'), host)

        then:
        thrown(ResourceFailure)

        when:
        (provider() as AugeasProvider).apply(change(hosts, host), host)

        then:
        changedLines(shipped('/etc/hosts'), read('/etc/hosts')) == ['-127.0.0.1\tlocalhost', '+127.0.0.1\tlocalhost me']
    }

    private change(AugeasResource desired, Host host) {
        dev.converge.schema.Difference.between(schema(), declared(desired), provider().observe(desired, host)).get()
    }

    def "a lens that is not there is said"() {
        when:
        difference(edit('/etc/hosts', [lens: 'Nope'], 'set 1/canonical x'))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('Lens not found')
    }

    def "a secret is in the file, and in nothing that is shown"() {
        given:
        def secret = AugeasEdit.set("target[. = 'mysqld']/user", Text.of(Secret.of('hunter2')))
        def desired = resource('/etc/mysql/my.cnf', [edits: [secret]])

        when:
        def change = difference(desired).get()
        def edits = (provider() as AugeasProvider).edits(change, newHost())

        then:
        !change.toString().contains('hunter2')
        change.attributes()[0].before().get().toString() == '[target[2]/user = ********]'
        edits.every { it.after().get().isSensitive() }

        when:
        converge(desired)

        then:
        read('/etc/mysql/my.cnf').contains('= hunter2\n')
    }

    def "the file is #file where name, incl and context are #name, #incl and #context"() {
        expect:
        resource(name, [incl: incl, context: context]).file() == Path.of(file)

        where:
        name | incl | context || file
        '/etc/hosts' | null | null || '/etc/hosts'
        'x' | '/etc/hosts' | null || '/etc/hosts'
        'x' | null | '/files/etc/ssh/sshd_config/Match[1]' || '/etc/ssh/sshd_config'
        '/x' | '/etc/hosts' | '/files/etc/hosts/1' || '/etc/hosts'
    }

    def "#given says no file, or two"() {
        when:
        resource('x', given)

        then:
        thrown(InvalidValueException)

        where:
        given << [[:], [context: '/files/srv/unknown'], [incl: '/etc/hosts', context: '/files/etc/fstab']]
    }

    def "a file whose name needs quoting in a path is edited like any other"() {
        given:
        Files.createDirectories(root.resolve('srv'))
        Files.writeString(root.resolve('srv/a b[1],c=(d)!'), 'x = 1\n')

        when:
        converge(edit('/srv/a b[1],c=(d)!', [lens: 'Sysctl'], 'set x 2'))

        then:
        read('/srv/a b[1],c=(d)!') == 'x = 2\n'
    }

    def "a link is followed, and owner, mode and backup are kept"() {
        given:
        def real = root.resolve('etc/real')
        Files.writeString(real, 'x = 1\n')
        real.toFile().setWritable(false)
        Files.createSymbolicLink(root.resolve('etc/link'), Path.of('real'))
        def host = newHost()
        def desired = edit('/etc/link', [lens: 'Sysctl'], 'set x 2')

        when:
        def change = difference(desired).get()
        provider().apply(change, host)

        then:
        Files.isSymbolicLink(root.resolve('etc/link'))
        Files.readString(real) == 'x = 2\n'
        host.kept == [Path.of('/etc/real')]
        Files.getPosixFilePermissions(real).size() == 3
    }

    def "looking and setting what is set already leaves #file as it is, byte for byte"() {
        given:
        def lensFile = LensFile.of(Path.of(file), KnownLenses.require(Path.of(file)), newHost())

        expect: 'a tree that was written anew is the same text'
        lensFile.edited(shipped(file)) { tree ->
            tree.set(tree.root() + '/converge', Optional.of('x'))
            tree.remove(tree.root() + '/converge')
        } == shipped(file)

        where:
        file << ConfigurationFiles.paths()
    }

    private AugeasResource edit(String name, Map more, String... edits) {
        resource(name, [edits: edits as List] + more)
    }

    private AugeasResource edit(String name, String... edits) {
        resource(name, [edits: edits as List])
    }

    private String read(String path) {
        Files.readString(root.resolve(path.substring(1)))
    }
}
