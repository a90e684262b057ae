package dev.converge.service

import static dev.converge.service.SleepingUnit.SLEEPER

import dev.converge.provider.ResourceFailure
import dev.converge.testhost.TestHost
import spock.lang.Requires
import spock.lang.Timeout

/** What can be enabled or masked, and what stands against it. */
@Requires({ TestHost.possible })
@Timeout(120)
class ServiceEnableSpec extends BootedServices {
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
}
