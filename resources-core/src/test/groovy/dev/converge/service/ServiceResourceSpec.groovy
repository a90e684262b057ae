package dev.converge.service

import dev.converge.model.InvalidValueException
import dev.converge.provider.Change
import dev.converge.provider.Host
import dev.converge.provider.Refresh
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Difference
import java.nio.file.Files

/** Services under a real systemd. */
class ServiceResourceSpec extends SystemdFixture<ServiceResource> {
    static final Refresh NOT_RUNNING = Refresh.skipped('it is not running')

    @Override
    ServiceType schema() {
        new ServiceType()
    }

    @Override
    Map<String, Closure<ServiceResource>> samples() {
        [
            'running service': { resource(unit('app.service'), [running: true]) },
            'running and enabled service': { resource(unit('app.service'), [running: true, enabled: true]) },
            'stopped service': { resource(unit('app.service'), [running: false, enabled: true]) },
            'masked service': { resource(unit('app.service', SLEEPER, '/usr/lib/systemd/system'), [masked: true]) },
            'instance': { unit('app@.service'); instance('app@x.service'); resource('app@x', [running: true, enabled: true]) },
            'timer': { unit('tick.service'); resource(unit('tick.timer', TICK), [running: true, enabled: true]) },
        ]
    }

    static final String TICK = '''\
        [Timer]
        OnCalendar=daily
        [Install]
        WantedBy=timers.target
        '''

    def "running and enabled are independent: #wished"() {
        given:
        unit('app.service')

        when:
        converge(resource('app', wished))

        then:
        [shown('app.service', 'ActiveState'), shown('app.service', 'UnitFileState')] == expected

        where:
        wished                          || expected
        [running: true]                 || ['active', 'disabled']
        [enabled: true]                 || ['inactive', 'enabled']
        [running: true, enabled: true]  || ['active', 'enabled']
        [running: false, enabled: true] || ['inactive', 'enabled']
        [running: true, enabled: false] || ['active', 'disabled']
    }

    def "what is left out stays as it is"() {
        given:
        unit('app.service')
        machine.run('systemctl', 'enable', '--now', 'app')

        when:
        converge(resource('app', wished))

        then:
        [shown('app.service', 'ActiveState'), shown('app.service', 'UnitFileState')] == expected

        where:
        wished           || expected
        [running: false] || ['inactive', 'enabled']
        [enabled: false] || ['active', 'disabled']
        [:]              || ['active', 'enabled']
    }

    def "enabling makes the link and disabling removes it"() {
        given:
        unit('app.service')
        def link = machine.path('/etc/systemd/system/multi-user.target.wants/app.service')

        when:
        converge(resource('app', [enabled: true]))

        then:
        Files.isSymbolicLink(link)

        when:
        converge(resource('app', [enabled: false]))

        then:
        !Files.isSymbolicLink(link)
    }

    def "a look at many services is one call, and starts none"() {
        given:
        def services = (1..20).collect { resource(unit("many-${it}.service"), [running: true, enabled: true]) }
        def host = during(services)

        expect:
        services.every { change(it, host).get().attributes()*.attribute()*.name() == ['running', 'enabled'] }
        ran(host).size() == 1
        services.every { shown(it.name().unit(), 'ActiveState') == 'inactive' }
    }

    def "many services are enabled and started together, and the bad one among them is named"() {
        given:
        def services = (1..5).collect { resource(unit("many-${it}.service"), [running: true, enabled: true]) }
        services << resource(unit('bad.service', "[Service]\nExecStart=/bin/false\n[Install]\nWantedBy=multi-user.target\n"), [running: true, enabled: true])
        def host = during(services)

        when:
        def failures = provider().applyAll(services.collect { change(it, host).get() }, host)

        then:
        failures.keySet()*.toString() == ['service[bad]']
        services.dropRight(1).every { shown(it.name().unit(), 'ActiveState') == 'active' }
        services.every { shown(it.name().unit(), 'UnitFileState') == 'enabled' }

        and: 'one call to look, to enable, to see whether files changed, to start, twice to see how that went, one for the log'
        ran(host).size() == 7
    }

    def "a masked service is unmasked before it is enabled, and the change says so"() {
        given:
        unit('app.service', SLEEPER, '/usr/lib/systemd/system')
        machine.run('systemctl', 'mask', 'app')

        when:
        def change = converge(resource('app', [enabled: true, running: true])).get()

        then:
        change.attributes()*.attribute()*.name() == ['running', 'enabled', 'masked']
        [shown('app.service', 'ActiveState'), shown('app.service', 'UnitFileState')] == ['active', 'enabled']
    }

    def "a service that is masked only until the next boot is unmasked too"() {
        given:
        unit('app.service', SLEEPER, '/usr/lib/systemd/system')
        machine.run('systemctl', 'mask', '--runtime', 'app')

        when:
        converge(resource('app', [enabled: true, running: true]))

        then:
        [shown('app.service', 'ActiveState'), shown('app.service', 'UnitFileState')] == ['active', 'enabled']
    }

    def "a service cannot be both masked and started, and that is said before"() {
        given:
        unit('app.service', SLEEPER, '/usr/lib/systemd/system')

        when:
        provider().check(difference(resource('app', [masked: true, running: true])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().get() == 'Leave out masked or running.'
    }

    def "a masked service is not started behind the back of who masked it"() {
        given:
        unit('app.service', SLEEPER, '/usr/lib/systemd/system')
        machine.run('systemctl', 'mask', 'app')

        when:
        converge(resource('app', [running: true]))

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().get() == 'Give masked false if it may start.'
    }

    def "a unit with a file of the administrator's own cannot be masked, and that is said before"() {
        given:
        unit('app.service')

        when:
        provider().check(difference(resource('app', [masked: true])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('/etc/systemd/system/app.service')
    }

    def "a #kind unit cannot be enabled, and the check says why"() {
        given:
        unit('app.service', "[Service]\nExecStart=/bin/sleep 1000\n$install")

        when:
        provider().check(difference(resource('app', [enabled: true])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(word)

        where:
        kind       | install                         || word
        'static'   | ''                              || '[Install]'
        'indirect' | '[Install]\nAlso=other.service' || 'Also='
    }

    def "a service is enabled and disabled by its own name, and the check says which"() {
        given:
        unit('app.service', SLEEPER.stripIndent() + 'Alias=other.service\n')
        machine.run('systemctl', 'enable', 'app')

        expect:
        difference(resource('other', [enabled: true, running: false])).empty

        when:
        provider().check(difference(resource('other', [enabled: false])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.startsWith('other is only another name of app')
    }

    def "a unit that is enabled only until the next boot is enabled for good, or not at all: #wish"() {
        given:
        unit('app.service')
        machine.run('systemctl', 'enable', '--runtime', 'app')

        when:
        def change = converge(resource('app', [enabled: wish]))

        then:
        change.present
        shown('app.service', 'UnitFileState') == expected

        where:
        wish  || expected
        true  || 'enabled'
        false || 'disabled'
    }

    def "a service that is missing is named, with one that is near"() {
        given:
        unit('nginx-app.service')

        when:
        provider().check(difference(resource('ngnix-app', [running: true])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message == 'The host has no service "ngnix-app".'
        failure.advice().get().startsWith("Did you mean 'nginx-app'?")
    }

    def "a service that is missing is stopped and disabled already"() {
        expect:
        difference(resource('none', [running: false, enabled: false, masked: false])).empty
    }

    def "one that fails to start says why: #kind"() {
        given:
        unit('bad.service', "[Service]\n$text")

        when:
        converge(resource('bad', [running: true]))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.startsWith("bad.service did not start: $start")
        failure.message.contains('no configuration here')

        where:
        kind            | text                                                                                     || start
        'at once'       | "ExecStart=/bin/sh -c 'echo no configuration here; exit 3'"                              || 'it failed with result exit-code, exit status 3'
        'again, again'  | "Restart=always\nRestartSec=5s\nExecStart=/bin/sh -c 'echo no configuration here; exit 3'" || 'it ends and is started again and again, exit status 3'
        'before notice' | "Type=notify\nExecStart=/bin/sh -c 'echo no configuration here; exit 4'"                 || 'it failed with result'
        'and ends well' | "ExecStart=/bin/sh -c 'echo no configuration here'"                                      || 'it ended at once'
    }

    def "one that does not come up in time is given up, and the failure says so"() {
        given:
        unit('slow.service', "[Service]\nType=notify\nExecStart=/bin/sleep 1000\n")

        when:
        converge(resource('slow', [running: true, timeout: '500ms']))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.startsWith('slow.service did not start in time: it is activating')
    }

    def "a oneshot that leaves nothing running cannot be wished to run"() {
        given:
        unit('once.service', "[Service]\nType=oneshot\nExecStart=/bin/true\n")

        when:
        provider().check(difference(resource('once', [running: true])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('Type=oneshot')
    }

    def "a failed unit is stopped, and is what a wish to run changes"() {
        given:
        unit('bad.service', "[Service]\nExecStart=/bin/false\n")
        machine.attempt('systemctl', 'start', 'bad')

        expect:
        difference(resource('bad', [running: false])).empty
        difference(resource('bad', [running: true])).present
    }

    def "one that is started again and again is neither running nor stopped"() {
        given:
        unit('bad.service', "[Service]\nRestart=always\nRestartSec=30s\nExecStart=/bin/false\n")
        machine.attempt('systemctl', 'start', 'bad')

        expect:
        difference(resource('bad', [running: false])).present
        difference(resource('bad', [running: true])).present

        when:
        converge(resource('bad', [running: false]))

        then:
        shown('bad.service', 'ActiveState') == 'inactive'
    }

    def "refresh #how does what it says to a running service"() {
        given:
        unit('app.service', "[Service]\nExecStart=/bin/sleep 1000\nExecReload=/bin/touch /run/reloaded\n")
        machine.run('systemctl', 'start', 'app')
        Files.deleteIfExists(machine.path('/run/reloaded'))
        def before = started('app')
        def desired = resource('app', [running: true, refresh: how])

        when:
        def came = provider().refresh(desired, Optional.empty(), newHost())

        then:
        provider().refreshes(desired)
        came == Refresh.done()
        (started('app') != before) == restarted
        Files.exists(machine.path('/run/reloaded')) == reloaded

        where:
        how                 || restarted | reloaded
        'restart'           || true      | false
        'reload'            || false     | true
        'reload-or-restart' || false     | true
    }

    def "refresh none is no refresh"() {
        expect:
        !provider().refreshes(resource('app', [refresh: 'none']))
    }

    def "a service that cannot reload is restarted where that is wished, and else it is said"() {
        given:
        unit('app.service')
        machine.run('systemctl', 'start', 'app')
        def before = started('app')

        when:
        provider().refresh(resource('app', [refresh: 'reload-or-restart']), Optional.empty(), newHost())

        then:
        started('app') != before

        when:
        provider().checkRefresh(resource('app', [refresh: 'reload']), Optional.empty(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('ExecReload')
    }

    def "a service that can reload only since its unit file changed is reloaded"() {
        given:
        unit('app.service')
        machine.run('systemctl', 'start', 'app')
        unit('app.service', SLEEPER.stripIndent().replace('[Install]', 'ExecReload=/bin/touch /run/reloaded-late\n[Install]'))
        def desired = resource('app', [refresh: 'reload'])

        expect:
        provider().checkRefresh(desired, Optional.empty(), newHost()) == Refresh.done()
        provider().refresh(desired, Optional.empty(), newHost()) == Refresh.done()
        Files.exists(machine.path('/run/reloaded-late'))
    }

    def "a stopped service is not started by a refresh"() {
        given:
        unit('app.service')
        def desired = resource('app', [enabled: true])

        expect:
        provider().checkRefresh(desired, Optional.empty(), newHost()) == NOT_RUNNING
        provider().refresh(desired, Optional.empty(), newHost()) == NOT_RUNNING
        shown('app.service', 'ActiveState') == 'inactive'
    }

    def "a service that was only just started is not started again"() {
        given:
        unit('app.service')
        def desired = resource('app', [running: true])
        def made = converge(desired)
        def before = started('app')

        expect:
        !provider().refresh(desired, made, newHost()).done
        !provider().checkRefresh(desired, made, newHost()).done
        started('app') == before
    }

    def "a unit file that changed on the disk is read anew before the next #next, once for all services"() {
        given:
        def services = ['one', 'two', 'three'].collect { resource(unit("${it}.service"), [running: true, enabled: true]) }
        services.each { converge(it) }
        if (next == 'start') {
            machine.run('systemctl', 'stop', 'one', 'two', 'three')
        }
        services.each { unit(it.name().unit(), "${SLEEPER.stripIndent()}[Service]\nEnvironment=AGE=new\n") }
        def host = during(services)

        when:
        act(services, host)

        then:
        services.every { shown(it.name().unit(), 'Environment') == 'AGE=new' }
        ran(host).count { it.contains('daemon-reload') } == 1

        where:
        next      | act
        'start'   | { all, on -> assert provider().applyAll(all.collect { change(it, on).get() }, on).isEmpty() }
        'restart' | { all, on -> all.each { provider().refresh(it, Optional.empty(), on) } }
    }

    def "a unit that appears while a run goes on is seen"() {
        given:
        def desired = resource('late', [running: true])
        def host = during([desired])

        expect:
        provider().observe(desired, host).get().running().get() == false

        when:
        unit('late.service')
        def change = change(desired, host).get()
        provider().check(change, host)

        then:
        provider().applyAll([change], host).isEmpty()
        shown('late.service', 'ActiveState') == 'active'
    }

    def "an init script is a service too, which starts by its links"() {
        given:
        def script = machine.path('/etc/init.d/old')
        Files.writeString(script, InitScript.of('old'))
        script.toFile().setExecutable(true)
        def desired = resource('old', [running: true, enabled: true])

        when:
        converge(desired)

        then:
        machine.run('service', 'old', 'status')
        difference(desired).empty

        when:
        converge(resource('old', [running: false, enabled: false]))

        then:
        difference(resource('old', [running: false, enabled: false])).empty

        cleanup:
        Files.delete(script)
        machine.run('update-rc.d', 'old', 'remove')
    }

    def "every service of the host can be inspected, in two calls, and is then in sync"() {
        given:
        def host = newHost()

        when:
        def names = provider().names(host)
        def found = names.collect { provider().inspect(it, host).get() }

        then:
        names.containsAll(['cron', 'ssh', 'dbus.socket', 'systemd-tmpfiles-clean.timer'])
        ran(host).size() == 2
        found.every { change(it, host).empty }
        found.find { it.name().toString() == 'cron' }.with { [running().get(), enabled().get()] } == [true, true]
        provider().inspect('none', host).empty
    }

    def "a user's own service runs under the user's systemd"() {
        given:
        machine.attempt('useradd', '-m', 'alice')
        def uid = machine.run('id', '-u', 'alice').trim()
        def file = machine.path('/home/alice/.config/systemd/user/own.service')
        Files.createDirectories(file.parent)
        Files.writeString(file, SLEEPER.stripIndent().replace('multi-user', 'default'))
        machine.run('chown', '-R', 'alice:', '/home/alice')
        def desired = resource('own', [running: true, enabled: true, user: 'alice'])

        when:
        converge(desired)

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().get().contains('loginctl enable-linger alice')

        when:
        machine.run('systemctl', 'start', "user@${uid}")
        converge(desired)

        then:
        difference(desired).empty
        Files.isSymbolicLink(machine.path('/home/alice/.config/systemd/user/default.target.wants/own.service'))
        provider().refresh(desired, Optional.empty(), newHost()).done

        cleanup:
        machine.attempt('systemctl', 'stop', "user@${uid}")
    }

    def "\"#text\" is the service #name"() {
        expect:
        ServiceName.parse(text).toString() == name
        ServiceName.parse(text).unit() == unit

        where:
        text            || name         | unit
        'nginx'         || 'nginx'      | 'nginx.service'
        'nginx.service' || 'nginx'      | 'nginx.service'
        'php8.2-fpm'    || 'php8.2-fpm' | 'php8.2-fpm.service'
        'getty@tty1'    || 'getty@tty1' | 'getty@tty1.service'
        'a.timer'       || 'a.timer'    | 'a.timer'
    }

    def "\"#text\" is no service"() {
        when:
        ServiceName.parse(text)

        then:
        thrown(InvalidValueException)

        where:
        text << ['', 'a b', 'a/b', 'getty@', 'getty@.service', 'a*', '.service', 'x' * 256]
    }

    def "a masked service cannot be wished to be enabled"() {
        when:
        resource('app', [masked: true, enabled: true])

        then:
        thrown(InvalidValueException)
    }

    private Optional<Change<ServiceResource>> change(ServiceResource desired, Host host) {
        Difference.between(schema(), declared(desired), provider().observe(desired, host))
    }
}
