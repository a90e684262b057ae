package dev.converge.launcher

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import java.util.spi.ToolProvider
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** The script {@code ./converge}, in a checkout of its own whose Maven is a stub: it copies one jar, and counts. */
class LauncherSpec extends Specification {
    static final String PROGRAM = '''
        package dev.converge.cli;

        public final class Main {
            public static void main(String[] args) throws Exception {
                switch (args[0]) {
                    case "--version", "say" -> System.out.println(String.join("|", args));
                    case "exit" -> System.exit(Integer.parseInt(args[1]));
                    case "echo" -> System.in.transferTo(System.out);
                    case "home" -> System.out.println(System.getProperty("converge.home") + " " + System.getProperty("x"));
                    case "pid" -> System.out.println(ProcessHandle.current().pid());
                    case "wait" -> {
                        System.out.println("up");
                        Thread.sleep(60_000);
                    }
                    default -> throw new IllegalArgumentException(args[0]);
                }
            }
        }
        '''

    @Shared
    @TempDir
    Path shared

    @Shared
    Path jar

    @TempDir
    Path folder

    Path checkout

    def setupSpec() {
        Path source = shared.resolve('Main.java')
        source.toFile().text = PROGRAM
        jar = shared.resolve('program.jar')
        assert ToolProvider.findFirst('javac').get().run(System.out, System.err, '--release', '17', '-d', "$shared/classes", "$source") == 0
        assert ToolProvider.findFirst('jar').get().run(System.out, System.err, '-cf', "$jar", '-C', "$shared/classes", '.') == 0
    }

    def setup() {
        folder.toFile().setExecutable(true, false)
        folder.toFile().setReadable(true, false)
        checkout = newCheckout('my checkout')
    }

    def "the first start builds and says so, the next ones do not"() {
        when:
        Ended first = converge('say', 'a b', "c'd", '')
        Ended second = converge('say', '*')

        then:
        first == new Ended(0, "say|a b|c'd|\n", 'building Converge (first use, takes about a minute)…\n')
        second == new Ended(0, 'say|*\n', '')
        builds() == 1
    }

    def "a source that was #what makes it build again, once"() {
        given:
        converge('say')

        when:
        change(checkout)
        Ended after = converge('say')
        converge('say')

        then:
        after.err == 'building Converge (sources changed)…\n'
        builds() == 2

        where:
        what               | change
        'edited'           | { Path it -> it.resolve('dsl/src/main/java/A.java').toFile() << 'x' }
        'added'            | { Path it -> it.resolve('dsl/src/main/java/B.java').toFile().text = 'x' }
        'removed'          | { Path it -> Files.delete(it.resolve('dsl/src/main/java/A.java')) }
        'renamed'          | { Path it -> it.resolve('dsl/src/main/java/A.java').toFile().renameTo(it.resolve('dsl/src/main/java/C.java').toFile()) }
        'added to the pom' | { Path it -> it.resolve('pom.xml').toFile() << 'x' }
        'from the future'  | { Path it -> it.resolve('pom.xml').toFile().lastModified = System.currentTimeMillis() + 3_600_000 }
    }

    def "a test that changed does not make it build again"() {
        given:
        converge('say')

        when:
        checkout.resolve('dsl/src/test/java/ATest.java').toFile() << 'x'
        Ended after = converge('say')

        then:
        after == new Ended(0, 'say\n', '')
        builds() == 1
    }

    def "CONVERGE_BUILD=never runs the last build"() {
        given:
        converge('say')
        checkout.resolve('pom.xml').toFile() << 'x'

        expect:
        converge(CONVERGE_BUILD: 'never', 'say').err == ''
        builds() == 1
    }

    def "a checkout that was moved is built where it is now"() {
        given:
        converge('say')
        Path moved = folder.resolve('moved')
        Files.move(checkout, moved)

        expect:
        run([:], moved, ["$moved/converge", 'home']).out == "$moved null\n"
        run([:], moved, ["$moved/converge", 'home']).err == ''
    }

    def "it can be started #how"() {
        given:
        converge('say')
        Files.createSymbolicLink(folder.resolve('link'), checkout.resolve('converge'))

        expect:
        run([PATH: "$checkout:${System.getenv('PATH')}".toString()], checkout.resolve(from), command) == new Ended(0, "$checkout null\n", '')

        where:
        how                     | from  | command
        'from its folder'       | '.'   | ['./converge', 'home']
        'from another folder'   | 'dsl' | ['../converge', 'home']
        'by the shell'          | '.'   | ['sh', 'converge', 'home']
        'through PATH'          | 'dsl' | ['sh', '-c', 'converge home']
        'through a link'        | '..'  | ['./link', 'home']
    }

    def "two first starts at once build once"() {
        when:
        List<Process> both = (1..2).collect { begin([:], checkout, ['./converge', 'say']) }
        List<Ended> ended = both.collect { end(it) }

        then:
        ended*.code == [0, 0]
        ended*.out == ['say\n', 'say\n']
        builds() == 1
    }

    def "the exit code, the input and JVM options pass through"() {
        expect:
        converge('exit', '7').code == 7
        converge('echo', input: 'some text\n').out == 'some text\n'
        converge('home', CONVERGE_JAVA_OPTS: '-Dx=1 -Dy=2').out == "$checkout 1\n"
    }

    def "it becomes the JVM, so a signal reaches that"() {
        given:
        converge('say')

        when:
        Process started = begin([:], checkout, ['./converge', 'pid'])

        then:
        end(started).out.trim() as long == started.pid()

        when:
        Process waiting = begin([:], checkout, ['./converge', 'wait'])
        waiting.inputReader().readLine()
        waiting.destroy()

        then:
        waiting.waitFor() == 143
    }

    def "a build that fails shows what Maven said, and the next start tries again"() {
        given:
        checkout.resolve('broken').toFile().text = ''

        when:
        Ended failed = converge('say')
        Files.delete(checkout.resolve('broken'))
        Ended repaired = converge('say')

        then:
        failed.code == 1
        failed.err.readLines()[1..2] == ['[ERROR] no such symbol', 'converge: the build failed; what Maven said is above']
        repaired.code == 0
    }

    def "an archive that is #state slows it down, nothing else"() {
        given:
        converge('say')
        Path archive = archives().first()

        when:
        change(archive)

        then:
        converge('say') == new Ended(0, 'say\n', '')

        where:
        state     | change
        'missing' | { Path it -> Files.delete(it) }
        'damaged' | { Path it -> Files.delete(it); it.toFile().text = 'x' * 5000 }
        'empty'   | { Path it -> Files.delete(it); it.toFile().text = '' }
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "another user runs what root has built, and cannot build"() {
        when:
        Ended unbuilt = run([:], checkout, ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', './converge', 'say'])

        then:
        unbuilt.code == 1
        unbuilt.err.readLines().size() == 1

        when:
        converge('say')
        Ended built = run([:], checkout, ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', './converge', 'say'])

        then:
        built == new Ended(0, 'say\n', '')

        when:
        checkout.resolve('pom.xml').toFile() << 'x'
        Ended stale = run([:], checkout, ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', './converge', 'say'])

        then:
        stale.out == 'say\n'
        stale.err.readLines().size() == 1
    }

    def "without a JDK it says in one line what to install"() {
        given:
        jdksIn(folder.resolve('none'))

        expect:
        run([CONVERGE_JAVA_HOME: ''], checkout, ['./converge', 'say']) ==
                new Ended(1, '', 'converge: needs a JDK, 17 or later, and found none: apt-get install openjdk-17-jdk-headless\n')
    }

    def "of the JDKs #installed it starts #chosen"() {
        given:
        Path jdks = folder.resolve('jdks')
        installed.each { stubJdk(jdks, it) }
        jdksIn(jdks)

        expect:
        run([CONVERGE_JAVA_HOME: '', JAVA_HOME: home ? "$jdks/$home".toString() : ''], checkout, ['./converge', 'say']).out.readLines().last() == chosen

        when: 'a newer one is installed, later than a tick of the file system'
        sleep 20
        stubJdk(jdks, '30.0.1')

        then:
        run([CONVERGE_JAVA_HOME: '', JAVA_HOME: home ? "$jdks/$home".toString() : ''], checkout, ['./converge', 'say']).out.readLines().last() == '30.0.1'

        where:
        installed                    | home     || chosen
        ['17.0.15']                  | null     || '17.0.15'
        ['17.0.15', '25', '21.0.2']  | null     || '25'
        ['11.0.9', '17.0.15']        | '11.0.9' || '17.0.15'
        ['1.8.0', '21.0.2']          | '1.8.0'  || '21.0.2'
    }

    def "CONVERGE_JAVA_HOME is obeyed, or refused in one line"() {
        given:
        Path jdks = folder.resolve('jdks')
        ['11.0.9', '17.0.15', '25'].each { stubJdk(jdks, it) }
        jdksIn(jdks)

        expect:
        run([CONVERGE_JAVA_HOME: "$jdks/17.0.15".toString()], checkout, ['./converge', 'say']).out.readLines().last() == '17.0.15'
        Ended refused = run([CONVERGE_JAVA_HOME: "$jdks/11.0.9".toString()], checkout, ['./converge', 'say'])
        refused.code == 1
        refused.err.readLines().size() == 1
    }

    // ---- what a checkout and a start are ----

    record Ended(int code, String out, String err) {}

    private Path newCheckout(String name) {
        Path made = folder.resolve(name)
        ['dsl/src/main/java', 'dsl/src/test/java', '.mvn'].each { Files.createDirectories(made.resolve(it)) }
        ['pom.xml', 'dsl/pom.xml', 'dsl/src/main/java/A.java', 'dsl/src/test/java/ATest.java'].each { made.resolve(it).toFile().text = '' }
        script(made.resolve('converge'), new File('../converge').text)
        script(made.resolve('mvnw'), """\
            #!/bin/sh
            [ -e broken ] && { echo '[ERROR] no such symbol'; exit 1; }
            echo build >>builds
            mkdir -p agent/target/dist/lib agent/target/dist/separate agent/target/dist/testing && cp '$jar' agent/target/dist/lib/converge-agent-1.jar
            cp '$jar' agent/target/dist/separate/bcpg-1.jar
            cp '$jar' agent/target/dist/testing/spock-1.jar
            """.stripIndent())
        made
    }

    private static void script(Path path, String text) {
        path.toFile().text = text
        path.toFile().setExecutable(true, false)
    }

    /** A JDK that prints its version instead of running anything. */
    private static void stubJdk(Path jdks, String version) {
        Path bin = Files.createDirectories(jdks.resolve(version).resolve('bin'))
        jdks.resolve(version).resolve('release').toFile().text = "JAVA_RUNTIME_VERSION=\"$version+1\"\nJAVA_VERSION=\"$version\"\n"
        ['java', 'javac'].each { script(bin.resolve(it), "#!/bin/sh\necho $version\n") }
    }

    /** Makes the launcher look for JDKs there alone. */
    private void jdksIn(Path jdks) {
        Path launcher = checkout.resolve('converge')
        script(launcher, launcher.toFile().text.replace('/usr/lib/jvm', jdks.toString()).replace('command -v javac', 'false'))
    }

    private int builds() {
        checkout.resolve('builds').toFile().readLines().size()
    }

    private List<Path> archives() {
        Files.walk(checkout.resolve('target')).withCloseable { all -> all.filter { it =~ /\.(aot|jsa)$/ }.toList() }
    }

    private Ended converge(Map<String, String> settings = [:], String... arguments) {
        Map<String, String> environment = settings.findAll { it.key != 'input' }
        end(begin(environment, checkout, ['./converge', *arguments]), settings.input ?: '')
    }

    private static Ended run(Map<String, String> environment, Path from, List<String> command) {
        end(begin(environment, from, command))
    }

    private static Process begin(Map<String, String> environment, Path from, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command*.toString()).directory(from.toFile())
        builder.environment().keySet().removeAll(['JAVA_HOME', 'CONVERGE_BUILD', 'CONVERGE_JAVA_OPTS', 'JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS'])
        builder.environment().putAll([CONVERGE_JAVA_HOME: System.getProperty('java.home')] + environment)
        builder.start()
    }

    private static Ended end(Process process, String input = '') {
        process.outputStream.withCloseable { it << input }
        StringBuilder out = new StringBuilder()
        StringBuilder err = new StringBuilder()
        Thread reading = process.consumeProcessErrorStream(err)
        process.consumeProcessOutputStream(out).join()
        reading.join()
        assert process.waitFor(60, TimeUnit.SECONDS)
        new Ended(process.exitValue(), out.toString(), err.toString())
    }
}
