package dev.converge.hostname

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.Catalog
import dev.converge.model.InvalidValueException
import dev.converge.provider.DeclaredResources
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** The name of a host that is a folder, its kernel included. */
class HostNameResourceSpec extends ProviderContractSpec<HostNameResource> {
    @TempDir
    Path root

    def setup() {
        Files.createDirectories(root.resolve('etc'))
        Files.createDirectories(root.resolve('proc/sys/kernel'))
        write('proc/sys/kernel/hostname', 'localhost\n')
    }

    private void write(String path, String text) {
        Files.writeString(root.resolve(path), text)
    }

    private String read(String path) {
        Files.readString(root.resolve(path))
    }

    @Override
    HostNameType schema() {
        new HostNameType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<HostNameResource>> samples() {
        ['short name': { resource('web-1') }, 'name with a domain': { resource('web-1.example.com') }]
    }

    def "a host without a name gets it in both places"() {
        when:
        def change = converge(resource('web-1')).get()

        then:
        change.attributes().collect { [it.attribute().name(), it.before().get(), it.after()] } ==
                [['live', 'localhost', 'web-1'], ['atBoot', '', 'web-1']]
        read('etc/hostname') == 'web-1\n'
        read('proc/sys/kernel/hostname') == 'web-1\n'
    }

    def "a file that says #text already is let alone"() {
        given:
        write('etc/hostname', text)

        when:
        def change = converge(resource('web-1')).get()

        then:
        change.attributes()*.attribute()*.name() == ['live']
        read('etc/hostname') == text

        where:
        text << ['web-1', 'web-1\n', '# set by the installer\n\n web-1 \n']
    }

    def "only the line of the name changes: #text"() {
        given:
        write('etc/hostname', text)

        when:
        def desired = resource('web-1')
        def edit = provider().edits(difference(desired).get(), newHost()).first()
        converge(desired)

        then:
        read('etc/hostname') == expected
        edit.after().get().text().get() == expected

        where:
        text                    || expected
        'old'                   || 'web-1\n'
        '# ours\nold\n# end\n'  || '# ours\nweb-1\n# end\n'
        '# none\n'              || '# none\nweb-1\n'
    }

    def "a manifest that names the host twice is told so"() {
        given:
        def host = newHost()
        def catalog = Catalog.of([declared(resource('web-1')), declared(resource('web-2'))], [], [], []).value().get()
        DeclaredResources.publish(catalog, host)

        when:
        provider().check(difference(resource('web-1')).get(), host)

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('web-1 and web-2')
    }

    def "in a root folder without a kernel only the next boot counts"() {
        given:
        ['rm', '-r', "$root/proc" as String].execute().waitFor()

        when:
        def change = converge(resource('web-1')).get()

        then:
        change.attributes()*.attribute()*.name() == ['atBoot']
        difference(resource('web-1')).empty
    }

    def "#name is refused while the manifest is compiled"() {
        when:
        resource(name)

        then:
        InvalidValueException refusal = thrown()
        refusal.advice().present

        where:
        name << ['', '-web', 'web-', 'web_1', 'web 1', 'web..x', '.web', 'wéb', 'a' * 65, 'a' * 64 + '.x']
    }

    def "what is inspected can be declared, and is in sync"() {
        given:
        converge(resource('web-1'))

        expect:
        provider().names(newHost()) == ['web-1']
        difference(provider().inspect('web-1', newHost()).get()).empty
    }
}
