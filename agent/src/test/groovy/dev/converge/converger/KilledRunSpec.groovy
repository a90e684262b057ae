package dev.converge.converger

import dev.converge.cli.Main
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** A run that is killed at any moment leaves every file old or new, and the next run goes on. */
@Timeout(120)
class KilledRunSpec extends Specification {
    static final int FILES = 300
    static final String OLD = 'old ' * 5000
    static final String NEW = 'new ' * 6000

    @TempDir
    Path folder

    private Process start() {
        String java = Path.of(System.getProperty('java.home'), 'bin', 'java')
        new ProcessBuilder(java, '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'), Main.name,
            '--quiet', '--state-dir', folder.resolve('state') as String, folder.resolve('site.groovy') as String)
            .redirectErrorStream(true).redirectOutput(folder.resolve('output').toFile()).start()
    }

    private Path file(int number) {
        folder.resolve("f$number")
    }

    def "killed after file #number was replaced"() {
        given:
        FILES.times { Files.writeString(file(it), OLD) }
        Files.writeString(folder.resolve('site.groovy'), """
            for (int i = 0; i < $FILES; i++) {
                file("$folder/f\$i") { content 'new ' * 6000 }
            }
        """)

        when:
        def run = start()
        while (run.alive && Files.size(file(number)) == OLD.size()) {
            Thread.onSpinWait()
        }
        run.destroyForcibly().waitFor()
        def contents = (0..<FILES).collect { Files.readString(file(it)) }

        then:
        contents.every { it == OLD || it == NEW }
        contents.contains(NEW)

        when:
        def second = start()

        then:
        second.waitFor() == 0
        (0..<FILES).every { Files.readString(file(it)) == NEW }
        Files.list(folder).withCloseable { it.toList() }.size() == FILES + 3

        where:
        number << [0, 1, 57, 200]
    }
}
