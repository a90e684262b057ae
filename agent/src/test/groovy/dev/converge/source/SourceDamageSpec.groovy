package dev.converge.source

import java.nio.file.Files
import spock.lang.Requires

/** What is in force stays there when the repository goes, and whatever becomes of what was written down of it. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
class SourceDamageSpec extends GitSourceSpecification {
    def "the last good commit is there without the repository"() {
        given:
        origin.commit('a.groovy': 'one\n')
        def copy = follow()
        origin.folder.toFile().renameTo(folder.resolve('away').toFile())

        expect:
        fetch() instanceof Fetched.Unreachable
        open().withCloseable { it.inForce().get() } == copy
    }

    def "files that #what are made anew, also without the repository"() {
        given:
        origin.commit('a.groovy': 'one\n', 'bin/run': 'run\n', 'lib/b': 'b\n')
        def copy = follow()
        change.call(copy.folder())
        origin.folder.toFile().renameTo(folder.resolve('away').toFile())

        expect:
        open().withCloseable { it.inForce().get() } == copy
        Files.readString(copy.folder().resolve('a.groovy')) == 'one\n'
        !Files.exists(copy.folder().resolve('more'))
        Files.isExecutable(copy.folder().resolve('bin/run'))

        where:
        what               | change
        'were changed'     | { Files.writeString(it.resolve('a.groovy'), 'two\n') }
        'were removed'     | { Files.delete(it.resolve('a.groovy')) }
        'were added'       | { Files.writeString(it.resolve('more'), '') }
        'lost their mode'  | { it.resolve('bin/run').toFile().executable = false }
        'are all gone'     | { it.toFile().deleteDir() }
    }

    def "a repository in a folder that is damaged is told of, and nothing is printed"() {
        given:
        origin.commit('a.groovy': 'one\n' * 1000)
        def blob = origin.git('rev-parse', 'HEAD:a.groovy')
        assert origin.folder.resolve(".git/objects/${blob.take(2)}/${blob.drop(2)}").toFile().delete()
        def stderr = System.err
        def printed = new ByteArrayOutputStream()
        System.err = new PrintStream(printed, true)

        expect:
        fetch() instanceof Fetched.Unreachable
        printed.toString() == ''

        cleanup:
        System.err = stderr
    }

    def "modules that were installed into it do not count as changes"() {
        given:
        origin.commit('a.groovy': 'one\n')
        def copy = follow()
        Files.createDirectories(copy.folder().resolve('.converge/modules/x'))
        Files.writeString(copy.folder().resolve('.converge/modules/x/y'), '')

        expect:
        fetch() instanceof Fetched.Same
        Files.exists(copy.folder().resolve('.converge/modules/x/y'))
    }

    def "what is written down of the good commit may be damaged: #what"() {
        given:
        origin.commit('a.groovy': 'one\n')
        follow()
        def kept = state.resolve('source/in-force')
        Files.write(kept, damage.call(Files.readString(kept)))

        expect:
        open().withCloseable { it.inForce() }.empty
        follow().commit() == origin.head()

        where:
        what               | damage
        'bytes of no text' | { 'converge-source 1\n\u00ff\u00fe\nend\n'.getBytes('ISO-8859-1') }
        'no tree'          | { it.replaceFirst(/(?m)^tree .*/, 'tree zzz').bytes }
        'no commit'        | { it.replaceFirst(/(?m)^commit .*/, 'commit ../..').bytes }
        'nothing'          | { new byte[0] }
    }

    def "what was fetched is fetched again when it is damaged: #what"() {
        given:
        origin.commit('a.groovy': 'one\n' * 1000)
        follow()
        origin.commit('b.groovy': 'two\n')
        state.resolve('source/work-1/site.git').toFile().traverse(type: groovy.io.FileType.FILES) { File file ->
            if (file.path =~ named) {
                file.writable = true
                file.bytes = bytes.call(file.bytes)
            }
        }

        expect:
        def copy = follow()
        copy.commit() == origin.head()
        Files.readString(copy.folder().resolve('a.groovy')).startsWith('one')

        where:
        what           | named     | bytes
        'packs'        | /\.pack$/ | { byte[] all -> all[all.length.intdiv(2)] ^= 0x55; all }
        'cut packs'    | /\.pack$/ | { byte[] all -> Arrays.copyOf(all, all.length.intdiv(2)) }
        'indexes'      | /\.idx$/  | { new byte[0] }
        'shallow'      | /shallow$/| { 'nonsense\n'.bytes }
        'refs'         | /good$/   | { new byte[0] }
        'HEAD, config' | /(HEAD|config)$/ | { new byte[3] }
    }
}
