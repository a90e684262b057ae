package dev.converge.service

import static dev.converge.service.SleepingUnit.SLEEPER

import dev.converge.model.InvalidValueException
import dev.converge.provider.ResourceFailure
import java.nio.file.Files

/** Services under a real systemd. */
class ServiceResourceSpec extends SystemdFixture<ServiceResource> {
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

    def "every service of the host can be inspected, in two calls, and is then in sync"() {
        given:
        def host = newHost()

        when:
        def names = provider().names(host)
        def found = names.collect { provider().inspect(it, host).get() }

        then:
        names.containsAll(['cron', 'ssh', 'dbus.socket', 'systemd-tmpfiles-clean.timer'])
        ran(host).size() == 2
        found.every { difference(it, host).empty }
        found.find { it.name().toString() == 'cron' }.with { [running().get(), enabled().get()] } == [true, true]
        provider().inspect('none', host).empty
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

    def "a masked service cannot be wished to be enabled"() {
        when:
        resource('app', [masked: true, enabled: true])

        then:
        thrown(InvalidValueException)
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
}
