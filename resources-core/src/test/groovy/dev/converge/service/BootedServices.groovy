package dev.converge.service

import dev.converge.ResourceSpecification
import dev.converge.testhost.TestHost
import spock.lang.AutoCleanup
import spock.lang.Shared

/** Services of a booted Debian of the spec's own. */
abstract class BootedServices extends ResourceSpecification<ServiceResource> implements TestUnits {
    @Shared
    @AutoCleanup
    TestHost machine = TestHost.start()

    def cleanup() {
        removeUnits()
    }

    @Override
    ServiceType schema() {
        new ServiceType()
    }
}
