package dev.converge.service

import static dev.converge.service.SleepingUnit.SLEEPER

import dev.converge.language.SiteFolder
import dev.converge.model.Content
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** Unit files and drop-ins that a real systemd reads. */
class UnitResourceSpec extends SystemdFixture<UnitResource> {
    static final String TEXT = SLEEPER.stripIndent()

    @TempDir
    Path site

    @Override
    UnitType schema() {
        new UnitType()
    }

    @Override
    Map<String, Closure<UnitResource>> samples() {
        [
            'unit as text': { declaredUnit('app.service', [content: Content.of(TEXT)]) },
            'unit by sections': { declaredUnit('app.service', [service: [ExecStart: '/bin/sleep 1000'], install: [WantedBy: 'multi-user.target']]) },
            'template': { declaredUnit('app@.service', [service: [ExecStart: '/bin/sleep %i']]) },
            'drop-in': { unit('app.service'); declaredUnit('app.service.d/limits', [service: [LimitNOFILE: '512']]) },
        ]
    }

    /** A unit that is gone after the test. */
    def "an inspection names what is the administrator's own: units and drop-ins"() {
        when:
        converge(declaredUnit('app.service', [content: Content.of(TEXT)]))
        converge(declaredUnit('app.service.d/limits', [service: [LimitNOFILE: '512']]))

        then:
        provider().names(newHost()).containsAll(['app.service', 'app.service.d/limits.conf'])
    }

    UnitResource declaredUnit(String name, Map attributes) {
        instance(name)
        resource(name, attributes)
    }

    def cleanup() {
        machine.run('rm', '-rf', '/etc/systemd/system/app.service.d')
    }

    def "sections become the file that systemd reads"() {
        when:
        converge(declaredUnit('app.service', [
            unit: [Description: 'The app', After: 'network.target'],
            service: [ExecStart: '/bin/sleep 1000', Environment: 'A=1\nB=2', RemainAfterExit: 'true'],
            install: [WantedBy: 'multi-user.target'],
        ]))

        then:
        Files.readString(machine.path('/etc/systemd/system/app.service')) == '''\
            [Unit]
            Description=The app
            After=network.target

            [Service]
            ExecStart=/bin/sleep 1000
            Environment=A=1
            Environment=B=2
            RemainAfterExit=true

            [Install]
            WantedBy=multi-user.target
            '''.stripIndent()
        shown('app.service', 'Environment') == 'A=1 B=2'
    }

    def "a manifest declares it with lists and numbers, and its service comes after it"() {
        given:
        def folder = new SiteFolder(site).manifest('''
            service('app') { running true }
            service('app@1') { running true }
            unit('app.service.d/limits') { service LimitNOFILE: 512, ExecStart: ['', '/bin/sleep 5'] }
            unit('app.service') { unit Description: 'x'; service ExecStart: '/bin/sleep 1', Environment: ['A=1', 'B=2'] }
            unit('app@.service') { content '[Service]\\nExecStart=/bin/true\\n' }
            pkg 'app'
            ''')

        expect:
        folder.catalog().find(new dev.converge.model.ResourceId('unit', 'app.service.d/limits.conf')).get().desired().content().get().text().get() ==
            '[Service]\nLimitNOFILE=512\nExecStart=\nExecStart=/bin/sleep 5\n'
        folder.ids().indexOf('service[app]') > ['unit[app.service]', 'unit[app.service.d/limits.conf]', 'pkg[app]'].collect { folder.ids().indexOf(it) }.max()
        folder.ids().indexOf('service[app@1]') > folder.ids().indexOf('unit[app@.service]')
    }

    def "what systemd would ignore or refuse is refused with its line, and nothing is changed: #wrong"() {
        given:
        def desired = declaredUnit('app.service', [content: Content.of(text)])
        def file = machine.path('/etc/systemd/system/app.service')
        Files.writeString(file, '# old\n')

        when:
        converge(desired)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(said)
        Files.readString(file) == '# old\n'
        !machine.path('/tmp').toFile().list().any { it.startsWith('converge-unit') }

        where:
        wrong           | text                                                               || said
        'a misspelt key' | '[Service]\nExecStart=/bin/true\nRestrt=no\n'                     || "app.service:3: Unknown key 'Restrt'"
        'a bad value'   | '[Service]\nExecStart=/bin/true\nRestart=sometimes\n'              || 'app.service:3: Failed to parse'
        'no command'    | '[Service]\nUser=root\n'                                           || 'app.service: Service has no ExecStart='
        'no assignment' | '[Service]\nExecStart=/bin/true\nx\n'                              || "app.service:3: Missing '='"
    }

    def "a drop-in is verified together with its unit"() {
        given:
        unit('app.service')

        when:
        converge(declaredUnit('app.service.d/limits', [service: [LimitNOFILES: '512']]))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("app.service.d/limits.conf:2: Unknown key 'LimitNOFILES'")
        !Files.exists(machine.path('/etc/systemd/system/app.service.d'))
    }

    def "what is wrong with a template is found as with any unit"() {
        when:
        converge(declaredUnit('app@.service', [service: [User: 'root']]))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('Service has no ExecStart=')
        !Files.exists(machine.path('/etc/systemd/system/app@.service'))
    }

    def "a drop-in does not answer for lines that systemd dislikes in the unit's own file"() {
        given:
        unit('app.service', SLEEPER.stripIndent().replace('[Install]', 'StandardOutput=syslog\nRestrt=no\n[Install]'), '/usr/lib/systemd/system')

        when:
        converge(declaredUnit('app.service.d/limits', [service: [LimitNOFILE: '512']]))

        then:
        shown('app.service', 'LimitNOFILE') == '512'
    }

    def "a drop-in that breaks its unit is refused"() {
        given:
        unit('app.service')

        when:
        converge(declaredUnit('app.service.d/broken', [service: [ExecStart: '']]))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('app.service: Service has no ExecStart=')
    }

    def "a secret that comes into a unit's file is not left for all to read"() {
        given:
        unit('app.service')
        def text = dev.converge.model.Text.of(['[Service]\nExecStart=/bin/true\nEnvironment=KEY=', dev.converge.model.Secret.of('hunter2'), '\n'])

        when:
        converge(declaredUnit('app.service', [content: Content.of(text)]))

        then:
        !Files.getPosixFilePermissions(machine.path('/etc/systemd/system/app.service'))*.name().any { it.startsWith('OTHERS') }
    }

    def "programs and units that are still to come are no reason to refuse a unit"() {
        when:
        converge(declaredUnit('app.service', [unit: [Requires: 'later.service'], service: [ExecStart: '/opt/later/bin/app']]))

        then:
        Files.exists(machine.path('/etc/systemd/system/app.service'))
    }

    def "a secret in a unit is not shown, and its file is only root's"() {
        given:
        def secret = dev.converge.model.Secret.of('hunter2')
        def text = dev.converge.model.Text.of(['[Service]\nExecStart=/bin/true\nEnvironmnt=', secret, '\n'])

        when:
        converge(declaredUnit('app.service', [content: Content.of(text)]))

        then:
        def failure = thrown(ResourceFailure)
        !failure.message.contains('hunter2')

        when:
        converge(declaredUnit('app.service', [content: Content.of(text), verify: false]))

        then:
        Files.getPosixFilePermissions(machine.path('/etc/systemd/system/app.service'))*.name() as Set == ['OWNER_READ', 'OWNER_WRITE'] as Set
    }

    def "many units are verified together and read by systemd once, and the bad one among them is named"() {
        given:
        def units = (1..4).collect { declaredUnit("many-${it}.service", [content: Content.of(TEXT)]) } + declaredUnit('bad.service', [service: [ExecStart: '/bin/true', Nise: '1']])
        def host = newHost()

        when:
        def failed = provider().applyAll(units.collect { difference(it, host).get() }, host)

        then:
        failed.keySet()*.toString() == ['unit[bad.service]']
        ran(host)*.tokenize()*.first() == ['systemd-analyze', 'systemctl']
        ran(host)[1].contains('daemon-reload')
    }

    def "a removed unit is stopped and disabled before its file goes"() {
        given:
        def desired = declaredUnit('app.service', [content: Content.of(TEXT)])
        converge(desired)
        machine.run('systemctl', 'enable', '--now', 'app')

        when:
        converge(desired, Ensure.ABSENT)

        then:
        shown('app.service', 'LoadState') == 'not-found'
        shown('app.service', 'ActiveState') == 'inactive'
        !Files.isSymbolicLink(machine.path('/etc/systemd/system/multi-user.target.wants/app.service'))
    }

    def "the instances of a removed template are stopped"() {
        given:
        def desired = declaredUnit('app@.service', [content: Content.of(TEXT)])
        converge(desired)
        machine.run('systemctl', 'start', 'app@one', 'app@two')

        when:
        converge(desired, Ensure.ABSENT)

        then:
        shown('app@one', 'ActiveState') == 'inactive'
    }

    def "a removed unit that has another file goes on with that one"() {
        given:
        unit('app.service', SLEEPER, '/usr/lib/systemd/system')
        def desired = declaredUnit('app.service', [content: Content.of(TEXT)])
        converge(desired)
        machine.run('systemctl', 'start', 'app')

        when:
        converge(desired, Ensure.ABSENT)

        then:
        shown('app.service', 'ActiveState') == 'active'
        shown('app.service', 'FragmentPath').endsWith('/lib/systemd/system/app.service')
    }

    def "a masked unit is not overwritten"() {
        given:
        def desired = declaredUnit('app.service', [content: Content.of(TEXT)])
        Files.createSymbolicLink(machine.path('/etc/systemd/system/app.service'), Path.of('/dev/null'))

        when:
        converge(desired)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('masked')
    }

    def "\"#text\" is the unit file #name"() {
        expect:
        UnitFileName.parse(text).toString() == name

        where:
        text                         || name
        'app.service'                || 'app.service'
        'app@.service'               || 'app@.service'
        'app.service.d/limits'       || 'app.service.d/limits.conf'
        'app.service.d/limits.conf'  || 'app.service.d/limits.conf'
        'srv-data.mount'             || 'srv-data.mount'
    }

    def "\"#text\" is no unit file"() {
        when:
        UnitFileName.parse(text)

        then:
        thrown(InvalidValueException)

        where:
        text << ['app', '/etc/app.service', 'app.service.d/', 'app.service.d/a/b', '../x.service', '']
    }

    def "a unit is given in one way: #attributes"() {
        when:
        resource('app.service', attributes)

        then:
        thrown(InvalidValueException)

        where:
        attributes << [
            [content: Content.of(TEXT), service: [ExecStart: '/bin/true']],
            [service: ['Exec Start': '/bin/true']],
            [service: [ExecStart: '/bin/true \\']],
        ]
    }

    def "systemd reads what a killed run has written and not told it of"() {
        given:
        def app = declaredUnit('app.service', [content: Content.of(TEXT)])
        converge(app)
        machine.run('systemctl', 'start', 'app.service')
        def changed = declaredUnit('app.service', [content: Content.of(TEXT + '[Unit]\nDescription=New\n')])
        Files.writeString(machine.path('/etc/systemd/system/app.service'), changed.content().get().text().get())

        expect:
        difference(changed).empty
        shown('app.service', 'NeedDaemonReload') == 'yes'

        when:
        recover(changed)

        then:
        shown('app.service', 'NeedDaemonReload') == 'no'
        shown('app.service', 'Description') == 'New'
        difference(changed).empty
    }

    def "systemd forgets a unit that a killed run has removed"() {
        given:
        def app = declaredUnit('app.service', [content: Content.of(TEXT)])
        converge(app)
        machine.run('systemctl', 'start', 'app.service')
        Files.delete(machine.path('/etc/systemd/system/app.service'))

        when:
        recover(app)

        then:
        difference(app, Ensure.ABSENT).empty
        shown('app.service', 'LoadState') == 'not-found'
    }

    def "however many units a killed run had in hand, systemd reads them once"() {
        given:
        def host = newHost()

        when:
        3.times { provider().recover(declaredUnit("app${it}.service", [content: Content.of(TEXT)]), host) }

        then:
        ran(host).count { it.endsWith(' daemon-reload') } == 1
    }

    def "a unit that ran and was enabled does so again when its removal is taken back"() {
        given:
        unit('undone.service')
        machine.run('systemctl', 'daemon-reload')
        machine.run('systemctl', 'enable', '--now', 'undone.service')

        expect:
        undone(resource('undone.service', [:]), Ensure.ABSENT)
        machine.run('systemctl', 'is-active', 'undone.service').trim() == 'active'
        machine.run('systemctl', 'is-enabled', 'undone.service').trim() == 'enabled'
    }

    def "an edit of a unit that systemd would refuse comes back all the same"() {
        given:
        unit('odd.service', '[Service]\nExecStart=/bin/sleep 1000\nNise=1\n')

        expect:
        undone(resource('odd.service', [content: '[Service]\nExecStart=/bin/sleep 2000\n']))
        Files.readString(machine.path('/etc/systemd/system/odd.service')).contains('Nise')
    }
}
