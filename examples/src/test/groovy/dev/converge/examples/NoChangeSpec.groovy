package dev.converge.examples

import dev.converge.Converge
import dev.converge.Repository
import dev.converge.testhost.ContainerEngine
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/**
 * What a run costs that has nothing to do, in a booted host: the programs that it starts and the calls that it makes do not
 * grow with the number of resources. Its figures are left in {@code examples/target/no-change.md}.
 */
@Timeout(600)
@Requires({ Traced.possible })
class NoChangeSpec extends Specification {
    /** {@code -Dconverge.measure=true}: as many as docs/benchmarks.md tells of, and often. */
    private static final boolean MEASURE = Boolean.getBoolean('converge.measure')

    static final int SERVICES = MEASURE ? 100 : 20
    static final int CONTAINERS = MEASURE ? 50 : 10
    static final int ROUNDS = MEASURE ? 5 : 1

    @TempDir
    Path folder

    TestHost machine
    ContainerEngine engine

    void cleanup() {
        machine?.close()
        engine?.close()
    }

    def "over many services it starts one program"() {
        given:
        machine = Converge.HERE.boot()
        addServices()
        site(services())
        assert converge().exit == 0
        assert machine.run('systemctl', 'is-active', 'shop-*').readLines().count('active') == SERVICES

        when:
        def run = Traced.run(machine, folder, '/root/site.groovy')

        then:
        run.ended.exit == 0
        run.ended.out.contains("in sync $SERVICES, changed 0")
        run.programs == ['/usr/bin/systemctl']
        record("$SERVICES services", run.programs, [])
    }

    @Requires({ data.possible })
    def "over many containers of #kind it lists them once, and asks no more than once for each"() {
        given:
        engine = ContainerEngine."$kind"()
        engine.image('localhost/box:1', 'CMD ["sleep", "1000"]')
        machine = Converge.HERE.boot(shared: [engine.socket.parent])
        site(containers())
        assert converge().exit == 0
        def before = engine.requests.size()

        when:
        def run = Traced.run(machine, folder, '/root/site.groovy')
        def requests = engine.requests.drop(before)

        then:
        run.ended.exit == 0
        run.ended.out.contains("in sync $CONTAINERS, changed 0")
        run.programs == []
        requests.count { it.startsWith('GET /containers/json') } <= 1
        requests.every { it.startsWith('GET ') || it.startsWith('HEAD ') }
        requests.size() <= CONTAINERS + 5
        record("$CONTAINERS containers, $kind", run.programs, requests)

        where:
        kind     | possible
        'podman' | ContainerEngine.podmanPossible
        'docker' | ContainerEngine.dockerPossible
    }

    private void addServices() {
        (1..SERVICES).each {
            Files.writeString(machine.path("/etc/systemd/system/shop-${it}.service"), """\
                [Service]
                ExecStart=/bin/sleep infinity
                [Install]
                WantedBy=multi-user.target
                """.stripIndent())
        }
        machine.run('systemctl', 'daemon-reload')
    }

    private static String services() {
        """\
        (1..$SERVICES).each { number ->
            service("shop-\${number}") {
                running true
                enabled true
            }
        }
        """
    }

    private String containers() {
        """\
        (1..$CONTAINERS).each { number ->
            container("box-\${number}") {
                image 'localhost/box:1'
                environment NUMBER: "\${number}"
                restart 'no'
                engine 'unix://$engine.socket'
            }
        }
        """
    }

    private void site(String text) {
        Files.writeString(machine.path('/root/site.groovy'), text.stripIndent())
    }

    private Converge.Ended converge() {
        Converge.HERE.inside(machine, '/root/site.groovy')
    }

    /** A row for docs/benchmarks.md. */
    private boolean record(String what, List<String> programs, List<String> requests) {
        def rounds = (1..ROUNDS).collect { round() }
        def walls = rounds*.wall.sort()
        def range = String.format(Locale.ROOT, '%.2f | %.2f–%.2f | %.2f', walls[ROUNDS >> 1], walls.first(), walls.last(), rounds*.cpu.sort()[ROUNDS >> 1])
        def listings = requests.countBy { it.replaceAll(/[0-9a-f]{64}|box-\d+/, 'ID').replaceAll(/\?.*/, '') }.collect { "$it.value × `$it.key`" }.join(', ')
        def figures = Repository.path('examples/target/no-change.md').toFile()
        figures << "| $what | ${programs.size()} | ${requests.size()} | $listings | $range |\n"
        true
    }

    /** The seconds that one more run takes: from start to end, and of processors; {@code times} is the shell's own word. */
    private Map<String, BigDecimal> round() {
        def start = System.nanoTime()
        def ended = Converge.HERE.inside(['sh', '-c', '"$@" && times >&2', 'sh'], machine, '/root/site.groovy')
        def wall = (System.nanoTime() - start) / 1e9
        assert ended.exit == 0
        def spent = ended.err.readLines().last() =~ /(\d+)m([\d.]+)s/
        [wall: wall, cpu: spent.collect { it[1].toInteger() * 60 + it[2].toBigDecimal() }.sum()]
    }
}
