package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import tools.jackson.databind.json.JsonMapper

/** However many resources are in hand at once, and whichever ends first, a run reads the same. */
class DeterminismSpec extends CliSpecification {
    private static final int RESOURCES = 100

    /** The same for every run: no path of a test's folder is in it. */
    private static final Path HOME = Path.of('/tmp/converge-determinism')

    void cleanup() {
        HOME.toFile().deleteDir()
    }

    def "text and JSON of #options are the same with 1, 2 and 8 jobs"() {
        given:
        def place = site(manifest(new Random(4)))

        when:
        def runs = [1, 2, 8, 8].collect { jobs -> told(jobs, options, place) }

        then:
        runs.every { it.exit == 6 }
        runs.every { it.text == runs[0].text }
        runs.every { it.json == runs[0].json }
        runs[0].text.readLines().findAll { it =~ /^[+~!↷]/ }.size() > RESOURCES / 2

        where:
        options << [['--verbose'], ['--dry-run']]
    }

    private Map told(int jobs, List<String> options, String place) {
        begin()
        int exit = run(*(['--jobs', jobs as String] + options + place))
        def text = out.readLines().findAll { !(it =~ / in [\d.]+ (min [\d.]+ )?\w+$|^(jvm start|facts) /) }*.replaceFirst(/(exit \d+), [\d.]+ \w+$/, '$1').join('\n')
        begin()
        run(*(['--jobs', jobs as String, '--output', 'json'] + options + place))
        [exit: exit, text: text, json: timeless(new JsonMapper().readValue(out, Object))]
    }

    /** A host that is the same at the start of every run, and was never converged: some is in sync, some is not. */
    private void begin() {
        HOME.toFile().deleteDir()
        folder.resolve('state').toFile().deleteDir()
        Files.createDirectories(HOME)
        (0..<RESOURCES).step(3) { Files.writeString(HOME.resolve("f$it"), it % 2 ? 'old\n' : "new $it\n") }
    }

    /** Without what differs between any two runs. */
    private static Object timeless(Object tree) {
        if (tree instanceof Map) {
            return tree.findAll { name, value -> !(name in TIMES) }.collectEntries { name, value -> [(name): timeless(value)] }
        }
        tree instanceof List ? tree.collect { timeless(it) } : tree
    }

    private static final Set<String> TIMES = ['run', 'started', 'start', 'seconds', 'command'] as Set

    /** Files in a random order of their own, some that fail, some behind them, some that are slow. */
    private static String manifest(Random random) {
        (0..<RESOURCES).collect { number ->
            def after = (0..<number).findAll { random.nextInt(number * 2) == 0 }.take(2)
            def requires = after.collect { "    requires file['${path(it)}']\n" }.join()
            "file('${path(number)}') {\n    content 'new $number\\n'\n$requires}\n" +
                (number % 20 ? '' : "exec('slow $number') {\n    command 'sh', '-c', 'sleep 0.0${random.nextInt(9)}; echo $number > $HOME/e$number'\n    creates '$HOME/e$number'\n}\n")
        }.join()
    }

    private static String path(int number) {
        number % 17 == 11 ? "$HOME/missing/f$number" : "$HOME/f$number"
    }
}
