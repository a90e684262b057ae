package dev.converge.service

import dev.converge.ProviderContractSpec
import dev.converge.model.Resource
import dev.converge.testhost.TestHost
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Timeout

/** The contract of a type whose resources are units, on a booted Debian of the spec's own. */
@Requires({ TestHost.possible })
@Timeout(120)
abstract class SystemdFixture<R extends Resource> extends ProviderContractSpec<R> implements TestUnits {
    @Shared
    @AutoCleanup
    TestHost machine = TestHost.start()

    def cleanup() {
        removeUnits()
    }

    @Override
    Collection<Path> watched() {
        [machine.path('/etc/systemd'), machine.path('/usr/lib/systemd/system')]
    }
}
