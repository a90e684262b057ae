package dev.converge.service

import dev.converge.ProviderContractSpec
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires

/** Services of an image that is being built: systemd is there and does not run. */
@Requires({ TestHost.possible })
class UnbootedServiceSpec extends ProviderContractSpec<ServiceResource> {
    @AutoCleanup
    RootFolder folder = RootFolder.mount()

    def setup() {
        folder.write('/usr/lib/systemd/system/app.service', SleepingUnit.SLEEPER)
        folder.write('/usr/lib/systemd/system/app@.service', SleepingUnit.SLEEPER)
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
        [folder.path('/etc'), folder.path('/usr/lib/systemd')]
    }

    @Override
    Map<String, Closure<ServiceResource>> samples() {
        [
            'enabled service': { resource('app', [enabled: true]) },
            'enabled instance': { resource('app@one', [enabled: true]) },
            'disabled service': { resource('cron', [enabled: false]) },
            'masked service': { resource('cron', [masked: true, running: false]) },
        ]
    }

    def "enabling makes the link that the first boot follows"() {
        when:
        converge(resource('app', [enabled: true]))

        then:
        Files.readSymbolicLink(folder.path('/etc/systemd/system/multi-user.target.wants/app.service')) as String == '/lib/systemd/system/app.service'
    }

    def "nothing can be started, and the check says so"() {
        when:
        provider().check(difference(resource('app', [running: true])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('not booted')
    }

    def "a service that is missing fails only itself"() {
        when:
        provider().check(difference(resource('appp', [enabled: true])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().get().contains("'app'")
        difference(resource('appp', [enabled: false])).empty
    }

    def "the services of an image can be listed and inspected"() {
        given:
        def host = newHost()

        expect:
        provider().names(host).containsAll(['app', 'cron'])
        provider().inspect('cron', host).get().with { [running(), enabled().get()] } == [Optional.empty(), true]
    }
}
