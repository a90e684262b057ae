package dev.converge.augeas

import static dev.converge.augeas.ConfigurationFiles.changedLines
import static dev.converge.augeas.ConfigurationFiles.shipped

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.Content
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Action
import dev.converge.provider.Change
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Executors
import spock.lang.TempDir

/** Settings in files as Debian ships them. */
class SettingResourceSpec extends ProviderContractSpec<SettingResource> {
    static final String SSHD = '/etc/ssh/sshd_config'

    @TempDir
    Path root

    def setup() {
        ConfigurationFiles.copyTo(root)
        Files.createDirectories(root.resolve('etc/sysctl.d'))
    }

    @Override
    SettingType schema() {
        new SettingType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<SettingResource>> samples() {
        [
            'setting that is there': { setting("$SSHD:UsePAM", 'no') },
            'setting that is commented out': { setting("$SSHD:PermitRootLogin", 'no') },
            'setting in a section': { setting('/etc/mysql/my.cnf:mysqld/key_buffer_size', '32M') },
            'setting in a file that is missing': {
                setting('/etc/sysctl.d/50-local.conf:vm.swappiness', '10', [create: true])
            },
        ]
    }

    def "#name = #value changes #lines"() {
        given:
        def file = name.substring(0, name.indexOf(':'))

        when:
        converge(setting(name, value))

        then:
        changedLines(shipped(file), read(file)) == lines
        difference(setting(name, value)).empty

        where:
        name | value || lines
        "$SSHD:PermitRootLogin" | 'no' || ['+PermitRootLogin no']
        "$SSHD:permitrootlogin" | 'no' || ['+permitrootlogin no']
        "$SSHD:UsePAM" | 'no' || ['-UsePAM yes', '+UsePAM no']
        "$SSHD:usepam" | 'no' || ['-UsePAM yes', '+UsePAM no']
        "$SSHD:UsePAM" | 'yes' || []
        "$SSHD:AllowUsers" | 'root admin' || ['+AllowUsers root admin']
        "$SSHD:Ciphers" | 'aes256-ctr,aes128-ctr' || ['+Ciphers aes256-ctr,aes128-ctr']
        "$SSHD:Subsystem" | 'sftp internal-sftp' || ['-Subsystem\tsftp\t/usr/lib/openssh/sftp-server', '+Subsystem\tsftp\tinternal-sftp']
        '/etc/sysctl.conf:net.ipv4.ip_forward' | '1' || ['+net.ipv4.ip_forward = 1']
        '/etc/sysctl.conf:vm.swappiness' | '10' || ['+vm.swappiness = 10']
        '/etc/login.defs:UMASK' | '027' || ['-UMASK\t\t022', '+UMASK\t\t027']
        '/etc/login.defs:SULOG_FILE' | '/var/log/sulog' || ['+SULOG_FILE /var/log/sulog']
        '/etc/default/ssh:SSHD_OPTS' | '-4 -o "X Y"' || ['-SSHD_OPTS=', '+SSHD_OPTS="-4 -o \\"X Y\\""']
        '/etc/default/ssh:SSHD_OPTS' | '-4' || ['-SSHD_OPTS=', '+SSHD_OPTS=-4']
        '/etc/default/ssh:PRICE' | '5 $' || ["+PRICE='5 \$'"]
        '/etc/default/useradd:SHELL' | '/bin/bash' || ['-SHELL=/bin/sh', '+SHELL=/bin/bash']
        '/etc/mysql/my.cnf:mysqld/key_buffer_size' | '32M' || ['-key_buffer_size = 16M', '+key_buffer_size = 32M']
        '/etc/mysql/my.cnf:mysqld/max_connections' | '200' || ['+max_connections=200']
        '/etc/mysql/my.cnf:mysqld/skip-name-resolve' | '' || []
        '/etc/mysql/my.cnf:mariadb/port' | '3307' || ['+[mariadb]', '+port=3307']
        '/etc/php/8.2/cli/php.ini:PHP/memory_limit' | '128M' || ['-memory_limit = -1', '+memory_limit = 128M']
        '/etc/php/8.2/cli/php.ini:Date/date.timezone' | 'Europe/Berlin' || ['+date.timezone=Europe/Berlin']
        '/etc/php/8.2/cli/php.ini:PHP/error_log' | 'a;b' || ['+error_log="a;b"']
        '/etc/systemd/logind.conf:Login/KillUserProcesses' | 'yes' || ['+KillUserProcesses=yes']
        '/etc/dnf/dnf.conf:main/gpgcheck' | 'False' || ['-gpgcheck=True', '+gpgcheck=False']
    }

    def "a change says what was seen: #name is #seen"() {
        given:
        def change = difference(setting(name, 'other')).get()

        expect:
        change.attributes()*.before()*.get()*.toString() == [seen]

        where:
        name || seen
        "$SSHD:UsePAM" || 'yes'
        "$SSHD:AcceptEnv" || 'LANG LC_*'
        "$SSHD:X11Forwarding" || 'yes'
        '/etc/login.defs:UMASK' || '022'
        '/etc/mysql/my.cnf:mysqld/user' || 'mysql'
    }

    def "in a file of any sections, #name becomes #after"() {
        given:
        write('/etc/app.ini', before)
        def wanted = resource("/etc/app.ini:$name", [value: '1', lens: 'IniFile.lns_loose'])

        when:
        converge(wanted)

        then:
        read('/etc/app.ini') == after
        difference(wanted).empty

        when:
        converge(wanted, Ensure.ABSENT)

        then:
        difference(wanted).get().action() == Action.CREATE

        where:
        before               | name  || after
        ''                   | 's/a' || '[s]\na=1\n'
        '[s]\na = 0\n'       | 's/a' || '[s]\na = 1\n'
        '[t]\nb=2\n'         | 's/a' || '[t]\nb=2\n[s]\na=1\n'
        '[a b/c]\nb=2\n'     | 'a b/c/a' || '[a b/c]\nb=2\na=1\n'
        'a=0\n[s]\na=2\n'    | 'a'   || 'a=1\n[s]\na=2\n'
        '[s]\na=2\n'         | 'a'   || 'a=1\n[s]\na=2\n'
    }

    def "absent removes the setting, and leaves a commented default alone"() {
        when:
        converge(setting("$SSHD:UsePAM", ''), Ensure.ABSENT)

        then:
        changedLines(shipped(SSHD), read(SSHD)) == ['-UsePAM yes']
        converge(setting("$SSHD:PermitRootLogin", ''), Ensure.ABSENT).empty
    }

    def "a new sshd setting goes before the first Match, behind its commented default or not"() {
        given:
        write(SSHD, '#PermitRootLogin prohibit-password\nPort 22\nMatch User bob\n    X11Forwarding no\n')

        when:
        converge(setting("$SSHD:PermitRootLogin", 'no'))
        converge(setting("$SSHD:MaxAuthTries", '3'))

        then:
        read(SSHD) == '#PermitRootLogin prohibit-password\nPermitRootLogin no\nPort 22\nMaxAuthTries 3\nMatch User bob\n    X11Forwarding no\n'
    }

    def "the one that counts is changed: #text"() {
        given:
        write(file, text)

        when:
        converge(setting("$file:$key", 'new'))

        then:
        read(file) == after

        where:
        file | key | text || after
        SSHD | 'Banner' | 'Banner a\nBanner b\n' || 'Banner new\nBanner b\n'
        '/etc/sysctl.conf' | 'kernel.x' | 'kernel.x = a\nkernel.x = b\n' || 'kernel.x = a\nkernel.x = new\n'
        '/etc/default/ssh' | 'A' | 'export A="a"\n' || 'export A="new"\n'
        '/etc/default/ssh' | 'A' | "A='a' # why\n" || "A='new' # why\n"
    }

    def "where several of one key may each count, none is guessed: #name"() {
        given:
        write(SSHD, 'Port 22\nPort 2222\n')

        when:
        converge(setting(name, '1'))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('2 settings')

        where:
        name << ["$SSHD:Port", '/etc/php/8.2/cli/php.ini:PHP/extension']
    }

    def "line ends, a last line without one, and letters of another encoding stay: #name"() {
        given:
        def file = root.resolve(SSHD.substring(1))
        Files.write(file, before.getBytes('ISO-8859-1'))

        when:
        converge(setting("$SSHD:UsePAM", 'no'))

        then:
        new String(Files.readAllBytes(file), 'ISO-8859-1') == after

        where:
        name | before || after
        'Windows lines' | '# c\r\nUsePAM yes\r\nPort 22\r\n' || '# c\r\nUsePAM no\r\nPort 22\r\n'
        'open last line' | 'UsePAM yes\nPort 22' || 'UsePAM no\nPort 22'
        'Latin-1' | '# caf\u00e9\nUsePAM yes\n' || '# caf\u00e9\nUsePAM no\n'
    }

    def "a file that the lens cannot parse is said with its line, and stays"() {
        given:
        write(SSHD, 'Port 22\nUsePAM yes\n= nonsense\n')

        when:
        converge(setting("$SSHD:UsePAM", 'no'))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('line 3, column 1')
        failure.message.contains('3 | = nonsense\n')
        read(SSHD).endsWith('= nonsense\n')
    }

    def "a value that the file cannot hold is said before anything is written: #value"() {
        when:
        def desired = setting(name, value)
        provider().check(difference(desired).get(), newHost())

        then:
        thrown(ResourceFailure)

        where:
        name | value
        "$SSHD:UsePAM" | 'no\nPort 1'
        "$SSHD:Banner" | ''
        '/etc/sysctl.conf:vm.swappiness' | '1\n2'
        '/etc/mysql/my.cnf:mysqld/port' | '1\n2'
        '/etc/mysql/my.cnf:mysqld/port' | ' 1'
        '/etc/default/ssh:SSHD_OPTS' | 'a\nb'
        '/etc/systemd/logind.conf:KillUserProcesses' | 'yes'
    }

    def "a file that would keep a lens busy for minutes is refused"() {
        given:
        write(SSHD, '# a comment\n' * 100_000)

        when:
        converge(setting("$SSHD:UsePAM", 'no'))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('too large')
    }

    def "a file that is missing is made only where that is said"() {
        when:
        converge(setting('/etc/sysctl.d/50-local.conf:vm.swappiness', '10'))

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().get().contains('create true')
    }

    def "a secret is in the file, and in nothing that is shown"() {
        given:
        def desired = new SettingResource(
                SettingName.parse('/etc/mysql/my.cnf:client-server/password'), Text.of(Secret.of('hunter2')), Optional.empty(), false, [])

        when:
        def change = converge(desired).get()

        then:
        read('/etc/mysql/my.cnf').contains('hunter2')
        !change.toString().contains('hunter2')

        when:
        def other = new SettingResource(desired.name(), Text.of(Secret.of('swordfish')), Optional.empty(), false, [])
        def second = difference(other).get()

        then:
        !second.toString().contains('hunter2')
        edits(second).every { it.before().get().isSensitive() && it.after().get().isSensitive() }
    }

    def "the edit that is foreseen is the edit that is made"() {
        given:
        def change = difference(setting("$SSHD:UsePAM", 'no')).get()
        def foreseen = edits(change)

        when:
        converge(setting("$SSHD:UsePAM", 'no'))

        then:
        foreseen*.after()*.get()*.text()*.get() == [read(SSHD)]
    }

    def "two hundred settings of one file, set by many threads, are all there"() {
        given:
        def host = newHost()
        def pool = Executors.newFixedThreadPool(8)
        def desired = (1..200).collect { setting("/etc/sysctl.conf:kernel.test$it", "$it") }

        when:
        desired.collect { one -> pool.submit { provider().apply(change(one, host), host) } }*.get()

        then:
        desired.every { difference(it).empty }
        changedLines(shipped('/etc/sysctl.conf'), read('/etc/sysctl.conf')).size() == 200

        cleanup:
        pool.shutdownNow()
    }

    def "inspect reads #name back as #value"() {
        expect:
        (provider() as SettingProvider).inspect(name, newHost()).map { it.value().reveal() } == Optional.ofNullable(value)

        where:
        name || value
        "$SSHD:UsePAM" || 'yes'
        "$SSHD:AcceptEnv" || 'LANG LC_*'
        "$SSHD:Nothing" || null
        '/etc/none:X' || null
    }

    def "#name is no name of a setting"() {
        when:
        SettingName.parse(name)

        then:
        thrown(InvalidValueException)

        where:
        name << ['', 'PermitRootLogin', '/etc/x', '/etc/x:', '/etc/x: ', 'etc/x:y', '/etc/x:a\nb', '/etc/x:a/']
    }

    private SettingResource setting(String name, String value, Map more = [:]) {
        resource(name, [value: Text.of(value)] + more)
    }

    private Change<SettingResource> change(SettingResource desired, Host host) {
        dev.converge.schema.Difference.between(schema(), declared(desired), provider().observe(desired, host)).get()
    }

    private List edits(Change<SettingResource> change) {
        (provider() as SettingProvider).edits(change, newHost())
    }

    private String read(String path) {
        Files.readString(root.resolve(path.substring(1)))
    }

    private void write(String path, String text) {
        Files.writeString(root.resolve(path.substring(1)), text)
    }
}
