package dev.converge.service

import static dev.converge.service.SleepingUnit.SLEEPER

import dev.converge.ResourceSpecification
import dev.converge.host.LocalHost
import dev.converge.host.RecordedCommands
import dev.converge.model.Catalog
import dev.converge.model.Resource
import dev.converge.provider.Backups
import dev.converge.provider.DeclaredResources
import dev.converge.provider.Host
import dev.converge.testhost.TestHost
import groovy.transform.SelfType
import java.nio.file.Files

/** Units of a spec's own on a booted Debian, which it removes after each test. */
@SelfType(ResourceSpecification)
trait TestUnits {
    private final Set<String> written = []

    /** Booted for the spec. */
    abstract TestHost getMachine()

    Host newHost() {
        new LocalHost(machine.root, new RecordedCommands(machine.commands()), {} as Backups)
    }

    void removeUnits() {
        machine.attempt('systemctl', '--no-reload', 'unmask', *written)
        machine.attempt('systemctl', '--no-reload', 'disable', '--now', *written)
        written.each { Files.deleteIfExists(machine.path("/etc/systemd/system/$it")) }
        written.each { Files.deleteIfExists(machine.path("/usr/lib/systemd/system/$it")) }
        machine.run('systemctl', 'daemon-reload')
        machine.attempt('systemctl', 'reset-failed')
    }

    /** A unit file of the test; systemd has not been told. */
    String unit(String name, String text = SLEEPER, String folder = '/etc/systemd/system') {
        written << name
        def file = machine.path("$folder/$name")
        Files.createDirectories(file.parent)
        Files.writeString(file, text.stripIndent())
        name
    }

    /** A unit that the test's own template makes; it is stopped with the others. */
    void instance(String name) {
        written << name
    }

    /** What systemd says of a property of a unit. */
    String shown(String unit, String property) {
        machine.run('systemctl', 'show', '--value', '-p', property, unit).trim()
    }

    String started(String unit) {
        shown(unit, 'ExecMainPID')
    }

    /** The commands that ran on a host, each as a person would type it. */
    List<String> ran(Host host) {
        (host.commands() as RecordedCommands).ran
    }

    /** A host in the midst of a run over these resources. */
    Host during(List<? extends Resource> resources) {
        def host = newHost()
        DeclaredResources.publish(Catalog.of(resources.collect { declared(it) }, [], [], []).value().get(), host)
        host
    }
}
