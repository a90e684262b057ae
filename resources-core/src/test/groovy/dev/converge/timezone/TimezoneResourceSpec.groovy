package dev.converge.timezone

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.InvalidValueException
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** The time zone of a host that is a folder. */
class TimezoneResourceSpec extends ProviderContractSpec<TimezoneResource> {
    @TempDir
    Path root

    def setup() {
        Files.createDirectories(root.resolve('etc'))
        ['Europe/Berlin', 'Etc/UTC', 'America/Argentina/Ushuaia', 'UTC'].each {
            Path file = root.resolve("usr/share/zoneinfo/$it")
            Files.createDirectories(file.parent)
            Files.writeString(file, "rules of $it")
        }
    }

    private Path localtime() {
        root.resolve('etc/localtime')
    }

    private Path timezone() {
        root.resolve('etc/timezone')
    }

    @Override
    TimezoneType schema() {
        new TimezoneType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<TimezoneResource>> samples() {
        ['zone': { resource('Europe/Berlin') }, 'zone of three parts': { resource('America/Argentina/Ushuaia') }, 'short zone': { resource('UTC') }]
    }

    def "a program finds the zone's rules at /etc/localtime"() {
        when:
        converge(resource('Europe/Berlin'))

        then:
        Files.readString(localtime()) == 'rules of Europe/Berlin'
        !Files.exists(timezone())
    }

    def "#target is the zone already"() {
        given:
        Files.createSymbolicLink(localtime(), Path.of(target))

        expect:
        difference(resource('Europe/Berlin')).empty

        where:
        target << ['/usr/share/zoneinfo/Europe/Berlin', '../usr/share/zoneinfo/Europe/Berlin']
    }

    def "the name is kept where the system has a file for it"() {
        given:
        Files.writeString(timezone(), 'Etc/UTC\n')
        Files.createSymbolicLink(localtime(), Path.of('/usr/share/zoneinfo/Etc/UTC'))

        when:
        def change = converge(resource('Europe/Berlin')).get()

        then:
        change.attributes().collect { [it.attribute().name(), it.before().get(), it.after()] } ==
                [['localtime', 'Etc/UTC', 'Europe/Berlin'], ['name', 'Etc/UTC', 'Europe/Berlin']]
        Files.readString(timezone()) == 'Europe/Berlin\n'
    }

    def "a copy of the rules becomes a link"() {
        given:
        Files.writeString(localtime(), 'rules of Europe/Berlin')

        when:
        converge(resource('Europe/Berlin'))

        then:
        Files.isSymbolicLink(localtime())
    }

    def "a zone that the host does not know is a failure that helps: #name"() {
        when:
        converge(resource(name))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(name)
        failure.advice().get().contains(advice)
        !Files.exists(localtime())

        where:
        name            || advice
        'Europe/Belin'  || 'Europe/Berlin'
        'Mars/Olympus'  || 'tzdata'
        'Europe'        || 'tzdata'
    }

    def "a host without the database is told which package brings it"() {
        given:
        ['rm', '-r', "$root/usr" as String].execute().waitFor()

        when:
        converge(resource('Europe/Berlin'))

        then:
        ResourceFailure failure = thrown()
        failure.advice().get().contains("pkg 'tzdata'")
    }

    def "#name is refused while the manifest is compiled"() {
        when:
        resource(name)

        then:
        thrown(InvalidValueException)

        where:
        name << ['', '/etc/passwd', '../x', 'Europe/../x', 'Europe/', 'Europe Berlin', '+2']
    }

    def "what is inspected can be declared, and is in sync"() {
        given:
        converge(resource('Europe/Berlin'))

        expect:
        provider().names(newHost()) == ['Europe/Berlin']
        difference(provider().inspect('Europe/Berlin', newHost()).get()).empty
    }
}
