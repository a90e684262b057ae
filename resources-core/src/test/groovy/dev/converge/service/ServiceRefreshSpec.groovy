package dev.converge.service

import static dev.converge.service.SleepingUnit.SLEEPER

import dev.converge.provider.Refresh
import dev.converge.provider.ResourceFailure
import dev.converge.testhost.TestHost
import java.nio.file.Files
import spock.lang.Requires
import spock.lang.Timeout

/** Refreshes: which services are restarted or reloaded by one, and which are not. */
@Requires({ TestHost.possible })
@Timeout(120)
class ServiceRefreshSpec extends BootedServices {
    static final Refresh NOT_RUNNING = Refresh.skipped('it is not running')

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
        'start'   | { all, on -> assert provider().applyAll(all.collect { difference(it, on).get() }, on).isEmpty() }
        'restart' | { all, on -> all.each { provider().refresh(it, Optional.empty(), on) } }
    }
}
