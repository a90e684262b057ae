package dev.converge.container

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Containers as authors declare them: words, orders, and mistakes at their places. */
class ContainerManifestSpec extends Specification {
    @TempDir
    Path folder

    private compile(String manifest) {
        def site = Site.open(Files.writeString(folder.resolve('site.groovy'), manifest)).value().get()
        new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty()).compile(site, new Facts(new FixedFacts([:])))
    }

    def "a container comes after what it is made of and what serves it"() {
        when:
        def compiled = compile('''\
            container('web') {
                image 'nginx:1.27'
                volumes 'data:/data', '/etc/app:/etc/app:ro'
                networks 'backend'
                environment A: '1', TOKEN: secret('s3cret')
                ports '8080:80'
                labels a: 'b'
                memory '64m'
                ensure 'running'
            }
            container('gone') { ensure 'absent' }
            container('ready') { image 'nginx'; ensure 'created' }
            network('backend')
            volume('data')
            image('docker.io/library/nginx:1.27')
            directory('/etc/app')
            pkg('podman')
            '''.stripIndent())

        then:
        compiled.diagnostics().empty
        def catalog = compiled.value().get()
        def before = catalog.edges().findAll { it.to().toString() == 'container[web]' }*.from()*.toString() as Set
        before == ['network[backend]', 'volume[data]', 'image[nginx:1.27]', 'directory[/etc/app]', 'pkg[podman]'] as Set
        !catalog.resources().find { it.id().name() == 'ready' }.desired().running()
        catalog.resources().find { it.id().name() == 'web' }.desired().running()
        catalog.resources().find { it.id().name() == 'gone' }.desired().image().empty
    }

    def "#what is refused where it is written"() {
        when:
        def compiled = compile("container('web') {\n    image 'nginx'\n    $line\n}\n")

        then:
        compiled.diagnostics().size() == 1
        compiled.diagnostics()[0].at().get().toString().startsWith('site.groovy:')
        compiled.diagnostics()[0].toString().contains(said)

        where:
        what                              | line                              || said
        'a port that is none'             | "ports '70000:80'"                || '70000'
        'a mount without a target'        | "volumes 'data'"                  || 'two or three parts'
        'a policy that engines lack'      | "restart 'sometimes'"             || 'restart policy'
        'another network beside the host' | "networks 'host', 'other'"        || "'host'"
        'a time without a check'          | "healthInterval '10s'"            || 'healthCheck'
        'an engine for systemd'           | "managedBy 'systemd'; engine '/run/x.sock'" || 'engine'
        'a word that is none'             | "prots '80'"                      || 'ports'
    }
}
