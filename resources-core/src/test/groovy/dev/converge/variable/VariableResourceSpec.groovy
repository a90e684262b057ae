package dev.converge.variable

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.model.InvalidValueException
import dev.converge.provider.Action
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** Variables for login shells, in a host that is a folder. */
class VariableResourceSpec extends ProviderContractSpec<VariableResource> {
    @TempDir
    Path root

    def setup() {
        Files.createDirectories(root.resolve('etc/profile.d'))
    }

    @Override
    VariableType schema() {
        new VariableType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<VariableResource>> samples() {
        [
            'variable': { resource('EDITOR', [value: 'vim']) },
            'variable that needs quoting': { resource('PS1', [value: 'it\'s $HOME > ']) },
        ]
    }

    def "a shell that reads the file has the value #value"() {
        given:
        converge(resource('GREETING', [value: value]))

        expect:
        ['sh', '-c', '. "$1"; printf %s "$GREETING"', 'sh', "$root/etc/profile.d/converge-GREETING.sh"].execute().text == value

        where:
        value << ['hello', '', 'two words', "it's", '$HOME', '`id`', 'two\nlines']
    }

    def "a manifest declares it"() {
        given:
        Path manifest = Files.writeString(root.resolve('site.groovy'), "variable('EDITOR') { value 'vim' }")
        def compiler = new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty())

        expect:
        def catalog = compiler.compile(Site.open(manifest).value().get(), new Facts(new FixedFacts([:]))).value().get()
        catalog.resources()*.desired() == [resource('EDITOR', [value: 'vim'])]
    }

    def "another value is one change of one attribute"() {
        given:
        converge(resource('EDITOR', [value: 'vi']))

        when:
        def change = difference(resource('EDITOR', [value: 'vim'])).get()

        then:
        change.action() == Action.UPDATE
        change.attributes().collect { [it.attribute().name(), it.before().get(), it.after()] } == [['value', 'vi', 'vim']]
    }

    def "a folder that is missing is said before anything is written"() {
        when:
        converge(resource('EDITOR', [value: 'vim', folder: '/etc/none']))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('/etc/none')
    }

    def "#name is no name for a variable"() {
        when:
        resource(name, [value: ''])

        then:
        thrown(InvalidValueException)

        where:
        name << ['', '1ST', 'A-B', 'A=B', 'A B']
    }
}
