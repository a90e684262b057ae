package dev.converge.source

import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

/** What a source keeps on disk belongs to one fetch at a time, and to whoever reads it. */
class SourceFolderSpec extends Specification {
    @TempDir
    Path folder
    @AutoCleanup
    SourceFolder source

    def setup() {
        source = SourceFolder.open(folder.resolve('source'))
    }

    def "a fetch that was given up keeps to its own folder, whenever it wakes up"() {
        given:
        def before = source.work()
        def paths = [before.mirror(), before.submodules(), before.draft()]

        when:
        source.abandonWork()

        then:
        [before.mirror(), before.submodules(), before.draft()] == paths
        source.work().folder() != before.folder()
    }

    def "a commit that somebody reads is there until he has ended, though another one is in force"() {
        given:
        keep('a' * 40)
        def reading = SiteSource.reading(folder)

        when:
        keep('b' * 40)

        then:
        sites() == ['a' * 40, 'b' * 40] as Set

        when:
        reading.close()
        keep('c' * 40)

        then:
        sites() == ['c' * 40] as Set
    }

    def "it is there while another process reads"() {
        given:
        keep('a' * 40)
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def reader = new ProcessBuilder(java, '-cp', System.getProperty('java.class.path'), Reader.name, folder.toString()).redirectErrorStream(true).start()
        assert reader.inputStream.read() == (int) ('r' as char)

        when:
        keep('b' * 40)

        then:
        sites() == ['a' * 40, 'b' * 40] as Set

        when: 'it is killed'
        reader.destroyForcibly().waitFor()
        keep('c' * 40)

        then:
        sites() == ['c' * 40] as Set

        cleanup:
        reader.destroyForcibly()
    }

    static final class Reader {
        static void main(String[] words) {
            SiteSource.reading(Path.of(words[0]))
            System.out.print('r')
            System.out.flush()
            Thread.sleep(60_000)
        }
    }

    private void keep(String commit) {
        Files.createDirectories(source.site(commit))
        source.write(new KeptSite('origin', commit, Instant.EPOCH, new byte[0], Optional.empty(), new dev.converge.git.SiteTree('d' * 40, [:])))
    }

    private Set<String> sites() {
        folder.resolve('source/sites').toFile().list() as Set
    }
}
