package dev.converge.state

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Lines that several turns add to one file, whatever happens to one of them. */
class IndexFileSpec extends Specification {
    @TempDir
    Path folder

    def file = folder.resolve('state/index')

    def "a turn that is interrupted while it adds a line leaves the file open for the others"() {
        given:
        def index = new IndexFile(file)
        index.append('first'.bytes, true)

        when:
        Thread.currentThread().interrupt()
        index.append('second'.bytes, true)
        Thread.interrupted()
        index.append('third'.bytes, true)

        then:
        Files.readAllLines(file) == ['first', 'second', 'third']

        cleanup:
        Thread.interrupted()
        index.close()
    }

    def "after #left the next line begins a line of its own"() {
        given:
        Files.createDirectories(file.parent)
        Files.writeString(file, left)
        def index = new IndexFile(file)

        when:
        index.append('next'.bytes, false)
        index.close()

        then:
        Files.readString(file) == expected

        where:
        left     || expected
        ''       || 'next\n'
        'cut sh' || 'cut sh\nnext\n'
        'line\n' || 'line\nnext\n'
    }
}
