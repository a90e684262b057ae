package dev.converge.converger

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.model.Catalog
import dev.converge.report.Report
import dev.converge.report.Run
import dev.converge.schema.TypeRegistry
import dev.converge.state.BackupStore
import dev.converge.state.StateDirectory
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Whole runs: a manifest, the real types, this machine in a temporary folder. */
@Timeout(60)
class ManifestRunSpec extends Specification {
    @TempDir
    Path folder

    TypeRegistry types = TypeRegistry.of(getClass().classLoader)

    private Catalog compile(Map<String, String> files) {
        def site = Files.createDirectories(folder.resolve('site'))
        files.each { name, text ->
            Files.writeString(site.resolve(name), text.replace('HOME', folder as String))
        }
        def compiled = new ManifestCompiler(types, Optional.empty())
            .compile(Site.open(site).value().get(), new Facts(new FixedFacts([:])))
        assert compiled.diagnostics().empty
        compiled.value().get()
    }

    private String converge(String manifest, Applier applier = Applier.live(), Map<String, String> more = [:]) {
        Run run = Run.begin('test')
        def root = Path.of('/')
        def backups = new BackupStore(new StateDirectory(folder.resolve('state')), root, run)
        def host = new LocalHost(root, new LocalCommands(root), backups)
        Report report = new Converger(types, host, applier, RunOptions.jobs(2))
            .converge(run, compile(['site.groovy': manifest] + more), RunListener.silent())
        report.resources().collect {
            "${it.declared().id().name().replace(folder as String, '')}:${ProbeSpecification.text(it.outcome())}"
        }.join(' ').replace(folder as String, '')
    }

    private Path at(String name) {
        folder.resolve(name)
    }

    static final Map<String, String> PAIR = ['Pair.groovy': '''
        import dev.converge.language.Composite
        class Pair extends Composite {
            void declare() {
                file('HOME/one') { content 'one' }
                exec('two') {
                    command 'touch', 'HOME/two'
                    refreshOnly true
                }
            }
        }
    ''']

    def "a change inside a composite refreshes what subscribes to the composite"() {
        given:
        def manifest = '''
            def pair = include(Pair, 'p') {}
            exec('after') {
                command 'touch', 'HOME/after'
                refreshOnly true
                subscribes pair
            }
        '''

        expect:
        converge(manifest, Applier.live(), PAIR) == '/one:changed two:ok after:refreshed'
        Files.exists(at('after'))
        converge(manifest, Applier.live(), PAIR) == '/one:ok two:ok after:ok'
    }

    def "a change before a composite refreshes all in it"() {
        given:
        def manifest = '''
            def before = file('HOME/before') { content 'x' }
            include(Pair, 'p') { subscribes before }
        '''

        expect:
        converge(manifest, Applier.live(), PAIR) == '/before:changed /one:changed two:refreshed'
        Files.exists(at('two'))
    }

    def "a dry run predicts what its own changes make possible, and a live run then does just that"() {
        given:
        def manifest = '''
            directory('HOME/bin') {}
            def tool = file('HOME/bin/tool') {
                content '#!/bin/sh\\necho made > HOME/made\\n'
                mode '0755'
            }
            exec('use it') {
                command 'HOME/bin/tool'
                creates 'HOME/made'
                requires tool
            }
        '''

        expect:
        converge(manifest, Applier.dryRun()) ==
            '/bin:pending /bin/tool:pending(/bin) use it:pending(/bin/tool)'
        Files.list(folder).withCloseable { it.toList() }*.fileName*.toString() == ['site']
        converge(manifest) == '/bin:changed /bin/tool:changed use it:changed'
        converge(manifest) == '/bin:ok /bin/tool:ok use it:ok'
        converge(manifest, Applier.dryRun()) == '/bin:ok /bin/tool:ok use it:ok'
    }

    def "a failure skips its dependants and leaves the rest alone"() {
        given:
        def manifest = '''
            def broken = exec('broken') { command 'false' }
            file('HOME/never') { content 'x'; requires broken }
            file('HOME/fine') { content 'x' }
        '''

        expect:
        converge(manifest) == 'broken:failed /never:skipped(broken) /fine:changed'
        !Files.exists(at('never'))
    }

    def "what is replaced can be found in the backups"() {
        given:
        Files.writeString(at('kept'), 'by hand')

        when:
        converge("file('HOME/kept') { content 'by converge' }")

        then:
        Files.readString(at('kept')) == 'by converge'
        Files.readString(at('state/backups/index.jsonl')).contains("\"path\":\"${at('kept')}\"")
        Files.walk(at('state/backups/objects')).withCloseable { paths ->
            paths.filter(Files::isRegularFile).map(Files::readString).toList()
        } == ['by hand']
    }
}
