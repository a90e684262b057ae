package dev.converge.service

import dev.converge.ProviderContractSpec
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires

/** Timers, and with them units, of an image that is being built. */
@Requires({ TestHost.possible })
class UnbootedUnitSpec extends ProviderContractSpec<TimerResource> {
    @AutoCleanup
    RootFolder folder = RootFolder.mount()

    @Override
    TimerType schema() {
        new TimerType()
    }

    @Override
    Host newHost() {
        folder.host()
    }

    @Override
    Collection<Path> watched() {
        [folder.path('/etc'), folder.path('/tmp')]
    }

    @Override
    Map<String, Closure<TimerResource>> samples() {
        ['timer': { resource('job', [onCalendar: ['daily'], command: ['/bin/true']]) }]
    }

    def "a timer is enabled for the first boot, and verified as on a host that runs"() {
        when:
        converge(resource('job', [onCalendar: ['daily'], command: ['/bin/true']]))

        then:
        Files.isSymbolicLink(folder.path('/etc/systemd/system/timers.target.wants/job.timer'))

        when:
        converge(resource('bad', [onCalendar: ['daily'], command: ['/bin/true'], settings: [Nise: '1']]))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("bad.service:5: Unknown key 'Nise'")
    }
}
