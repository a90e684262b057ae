package dev.converge.service

import dev.converge.provider.ResourceFailure
import dev.converge.testhost.TestHost
import spock.lang.Requires
import spock.lang.Timeout

/** How services are started, alone and many at once, and what is said of those that do not come up. */
@Requires({ TestHost.possible })
@Timeout(120)
class ServiceStartSpec extends BootedServices {
    def "a look at many services is one call, and starts none"() {
        given:
        def services = (1..20).collect { resource(unit("many-${it}.service"), [running: true, enabled: true]) }
        def host = during(services)

        expect:
        services.every { difference(it, host).get().attributes()*.attribute()*.name() == ['running', 'enabled'] }
        ran(host).size() == 1
        services.every { shown(it.name().unit(), 'ActiveState') == 'inactive' }
    }

    def "many services are enabled and started together, and the bad one among them is named"() {
        given:
        def services = (1..5).collect { resource(unit("many-${it}.service"), [running: true, enabled: true]) }
        services << resource(unit('bad.service', "[Service]\nExecStart=/bin/false\n[Install]\nWantedBy=multi-user.target\n"), [running: true, enabled: true])
        def host = during(services)

        when:
        def failures = provider().applyAll(services.collect { difference(it, host).get() }, host)

        then:
        failures.keySet()*.toString() == ['service[bad]']
        services.dropRight(1).every { shown(it.name().unit(), 'ActiveState') == 'active' }
        services.every { shown(it.name().unit(), 'UnitFileState') == 'enabled' }

        and: 'one call to look, to enable, to see whether files changed, to start, twice to see how that went, one for the log'
        ran(host).size() == 7
    }

    def "a unit that appears while a run goes on is seen"() {
        given:
        def desired = resource('late', [running: true])
        def host = during([desired])

        expect:
        provider().observe(desired, host).get().running().get() == false

        when:
        unit('late.service')
        def change = difference(desired, host).get()
        provider().check(change, host)

        then:
        provider().applyAll([change], host).isEmpty()
        shown('late.service', 'ActiveState') == 'active'
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
}
