package dev.converge.docs

import dev.converge.Converge
import dev.converge.Repository
import dev.converge.diagnostic.DiagnosticPrinter
import dev.converge.examples.Machine
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.Specification
import spock.lang.TempDir
import tools.jackson.databind.json.JsonMapper

/** What the pages show is true: manifests compile, errors look like that, commands run, links lead somewhere. */
class DocsSpec extends Specification {
    /** Commands that no test may run, by how they begin, with the reason. */
    static final Map<String, String> NOT_RUN = [
        './verify': 'runs this test',
        './mvnw': 'builds the checkout that this test is a part of',
        'apt-get ': 'changes the machine',
        'agent/src/bench/peers.py': 'takes minutes, and installs two other tools',
        './converge compile examples/web-server --format dot | dot': 'needs Graphviz',
    ]

    static final Map<String, Object> FACTS = [
        hostname: 'web-1', fqdn: 'web-1.example.com', cpus: 2, memory: 4L << 30, virtual: 'kvm',
        os: [family: 'debian', name: 'debian', release: '12', codename: 'bookworm', architecture: 'x86_64'],
        networking: [ip: '192.0.2.1', domain: 'example.com'],
    ]

    /** Less than a user's manifest may take: one is shown that never ends. */
    static final Duration LIMIT = Duration.ofSeconds(10)

    @TempDir
    Path folder

    private AutoCloseable turn

    /** The quick start's folder is not the pages' alone: a spec of its own may be at it. */
    private void takeTurn(String page) {
        if (Repository.text(page).contains('quickstart')) {
            turn = Machine.turn('quickstart')
        }
    }

    def cleanup() {
        ['shop', 'twice', 'killed', 'source', 'untrusted', 'agent'].each { new File("/tmp/converge-$it").deleteDir() }
        if (turn != null) {
            new File('/tmp/converge-quickstart').deleteDir()
            turn.close()
        }
    }

    def cleanupSpec() {
        new File('/tmp/converge-quickstart.plan').delete()
    }

    def "the manifests of #name compile, or fail as the page says"() {
        given:
        blocks.each { write(it) }
        def site = Site.open(folder).value().get()

        when:
        def compiled = compile(site)

        then:
        compiled.diagnostics()*.code()*.label() == blocks.collectMany { (it.marks.error ?: '').tokenize() }

        and:
        shown.every { it.isUpToDate(new DiagnosticPrinter(site::lines, false).print(compiled.diagnostics())) }

        where:
        [name, blocks, shown] << Block.all().findAll { (it.language == 'groovy' || it.marks.file) && !it.marks.source && !it.marks.in }.groupBy { it.site }
            .collect { name, blocks -> [name, blocks, Block.of(blocks[0].page).findAll { it.marks.prints && it.marks.prints == blocks[0].marks.site }] }
    }

    private void write(Block block) {
        Path file = folder.resolve(block.file)
        Files.createDirectories(file.parent)
        Files.writeString(file, block.text)
    }

    private static compile(Site site) {
        new ManifestCompiler(TypeRegistry.of(DocsSpec.classLoader), Optional.empty(), LIMIT).compile(site, new Facts(new FixedFacts(FACTS)))
    }

    def "#block is the file that it says"() {
        expect:
        block.isUpToDate(Repository.text(block.marks.source))

        where:
        block << Block.all().findAll { it.marks.source }
    }

    def "#block prints the errors of a site on its page"() {
        expect:
        Block.of(block.page).any { it.marks.site == block.marks.prints }

        where:
        block << Block.all().findAll { it.marks.prints }
    }

    def "#block is JSON"() {
        expect:
        new JsonMapper().readTree(block.text).isObject()

        where:
        block << Block.all().findAll { it.language == 'json' }
    }

    def "the commands of #block run"() {
        given:
        takeTurn(block.page)

        expect:
        commands.each {
            def ended = Converge.HERE.shell(it)
            assert ended.exit == (block.marks.exit ?: '0') as int : "$it\n$ended"
        }

        where:
        [block, commands] << Block.all().findAll { it.language == 'sh' && !it.marks.in }.collect { [it, commandsIn(it)] }.findAll { it[1] }
    }

    def "whoever follows #page in #name gets what it says"() {
        given:
        takeTurn(page)

        expect:
        new FollowedPage(folder).withCloseable { it.follow(steps) }

        where:
        [page, name, steps] << Block.all().findAll { it.marks.in }.groupBy { [it.page, it.marks.in] }.collect { key, steps -> key + [steps] }
    }

    def "README.md: #command"() {
        given:
        takeTurn('README.md')

        when:
        def ended = Converge.HERE.shell(inTestFolder(command))

        then:
        ended.exit == (command.contains('--dry-run') ? 2 : 0)
        !ended.out.empty

        where:
        command << (Repository.text('README.md') =~ /\| `(\.\/converge [^`]+)`/).collect { it[1] as String }
            .collect { it.replace('SITE', 'examples/quickstart').replace('TYPE', 'file') }
            .sort { it.contains('--dry-run') ? 0 : 1 }
    }

    private static List<String> commandsIn(Block block) {
        block.text.readLines().collect { it.replaceFirst(/\s+# .*/, '').trim() }
            .findAll { line -> line && NOT_RUN.keySet().every { !line.startsWith(it) } }
            .collect { inTestFolder(it) }
    }

    /** A run keeps its state in this test's folder, not in that of the host. */
    private static String inTestFolder(String command) {
        Path state = Converge.HERE.checkout.resolve('state')
        command.replaceFirst('^\\./converge (?=--dry-run|--plan|examples/|inspect|restore)', "./converge --state-dir=$state ")
    }

    def "the links of #page lead somewhere"() {
        expect:
        (Repository.text(page) =~ /]\(([^)#:]+)(#[^)]*)?\)/).collect { it[1] as String }.every {
            def target = Repository.path(page).resolveSibling(it)
            assert Files.exists(target) : "$page links to $it"
            true
        }

        where:
        page << Repository.pages() + Repository.path('docs/adr').toFile().list().collect { "docs/adr/$it" } + ['CONTRIBUTING.md', 'CHANGELOG.md']
    }
}
