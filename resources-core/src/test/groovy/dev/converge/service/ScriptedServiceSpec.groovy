package dev.converge.service

import dev.converge.ProviderContractSpec
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Policy
import dev.converge.model.ResourceId
import dev.converge.diagnostic.SourceRange
import dev.converge.provider.Host
import dev.converge.provider.Refresh
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Difference
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.AutoCleanup

/** What services with init scripts do, whatever starts them. */
abstract class ScriptedServiceSpec extends ProviderContractSpec<ServiceResource> {
    @AutoCleanup
    RootFolder folder = RootFolder.mount().withoutSystemd()

    /** The script of a service that sleeps. */
    abstract String script()

    /** Whether the service is started at boot. */
    abstract boolean startsAtBoot()

    def setup() {
        folder.write('/etc/init.d/sleeper', script(), true)
    }

    def cleanup() {
        if (sleeps()) {
            converge(resource('sleeper', [running: false]))
        }
    }

    @Override
    ServiceType schema() {
        new ServiceType()
    }

    @Override
    Host newHost() {
        folder.host()
    }

    @Override
    Collection<Path> watched() {
        [folder.path('/etc')]
    }

    @Override
    Map<String, Closure<ServiceResource>> samples() {
        [
            'running service': { resource('sleeper', [running: true, enabled: true]) },
            'stopped service': { resource('sleeper', [running: false, enabled: false]) },
        ]
    }

    String pid() {
        def file = folder.path('/run/sleeper.pid')
        Files.exists(file) ? Files.readString(file).trim() : ''
    }

    boolean sleeps() {
        def state = Path.of('/proc', pid(), 'stat')
        pid() && Files.exists(state) && !Files.readString(state).contains(') Z ')
    }

    def "running and enabled are independent: #wished"() {
        when:
        converge(resource('sleeper', wished))

        then:
        [sleeps(), startsAtBoot()] == expected

        where:
        wished                          || expected
        [running: true]                 || [true, false]
        [enabled: true]                 || [false, true]
        [running: true, enabled: true]  || [true, true]
    }

    def "it is disabled and stopped again"() {
        given:
        converge(resource('sleeper', [running: true, enabled: true]))

        when:
        converge(resource('sleeper', [running: false, enabled: false]))

        then:
        !sleeps()
        !startsAtBoot()
    }

    def "a refresh restarts it only while it runs"() {
        given:
        def desired = resource('sleeper')

        expect:
        provider().refresh(desired, Optional.empty(), newHost()) == Refresh.skipped('it is not running')

        when:
        converge(resource('sleeper', [running: true]))
        def before = pid()

        then:
        provider().checkRefresh(desired, Optional.empty(), newHost()).done
        provider().refresh(desired, Optional.empty(), newHost()).done
        sleeps()
        pid() != before

        when:
        def restarted = pid()
        provider().refresh(resource('sleeper', [refresh: 'reload-or-restart']), Optional.empty(), newHost())

        then:
        sleeps()
        pid() != restarted
    }

    def "what it cannot do is said: #attributes"() {
        when:
        converge(resource(name, attributes))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(said)

        where:
        name          | attributes                       || said
        'sleper'      | [running: true]                  || 'no service "sleper"'
        'sleeper'     | [masked: true]                   || 'under systemd only'
        'sleeper'     | [running: true, user: 'daemon']  || 'under systemd only'
        'tick.timer'  | [running: true]                  || 'a unit of systemd'
    }

    def "timers and units are refused, as nothing would read them"() {
        when:
        new TimerProvider().applyAll([], newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("systemd's")
    }

    def "a check of a timer says so too, for dry runs"() {
        given:
        def none = Optional.empty()
        def timer = new TimerResource(new TimerName('job'), none, none, true, true, [], Optional.of(Duration.ofMinutes(5)), none,
            false, none, none, ['/bin/true'], none, none, none, [:])
        def id = new ResourceId('timer', 'job')
        def declared = new Declared<TimerResource>(id, timer, Ensure.PRESENT, SourceRange.point('site.groovy', 1, 1), Policy.none())

        when:
        new TimerProvider().check(Difference.between(new TimerType(), declared, none).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("systemd's")
    }

    def "it can be inspected"() {
        given:
        converge(resource('sleeper', [running: true]))

        expect:
        provider().names(newHost()).contains('sleeper')
        provider().inspect('sleeper', newHost()).get().with { [running().get(), enabled().get()] } == [true, false]
    }
}
