package dev.converge.augeas

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** What only a process of its own shows: killed in the middle, and libaugeas missing at first. */
@Timeout(120)
class AugeasProcessSpec extends Specification {
    @TempDir
    Path root

    Process program

    def cleanup() {
        program?.destroyForcibly()?.waitFor(10, TimeUnit.SECONDS)
    }

    def "a process that is killed while it edits leaves the file old or new, and the next one goes on"() {
        given:
        def file = root.resolve('app.conf')
        def texts = ['one', 'two'].collect { value -> "key = $value\n" + (1..2000).collect { "line.$it = $it\n" }.join('') as String }
        Files.writeString(file, texts[0])
        program = start([])
        def out = program.inputReader()

        when:
        program.outputStream.withWriter { writer ->
            (1..200).each { writer.write(it % 2 ? 'two\n' : 'one\n') }
        }
        changes.times { assert out.readLine() == 'done' }
        Thread.yield()
        program.destroyForcibly().waitFor()

        then:
        Files.readString(file) in texts

        when:
        program = start([])
        program.outputStream.withWriter { it.write('two\n') }

        then:
        program.inputReader().readLine() == 'done'
        Files.readString(file) == texts[1]
        root.toFile().list().toList() == ['app.conf']

        where:
        changes << [1, 2, 3, 5, 8]
    }

    @Requires({ 'root' == System.getProperty('user.name') && AugeasProcessSpec.library().isPresent() })
    def "without libaugeas the package is named, and once it is there the same process uses it"() {
        given:
        def library = library().get().toString()
        Files.writeString(root.resolve('app.conf'), 'key = one\n')
        Files.createDirectories(root.resolve('etc'))
        Files.writeString(root.resolve('etc/os-release'), 'ID=rocky\nID_LIKE="rhel centos fedora"\n')
        program = start(['unshare', '--mount', 'sh', '-c', 'mount --bind /dev/null "$0" && exec "$@"', library])
        def out = program.inputReader()
        def into = program.outputWriter()

        when:
        into.write('two\n')
        into.flush()
        def first = out.readLine()
        def installed = ['nsenter', '--target', "${program.pid()}", '--mount', 'umount', library].execute().waitFor()
        into.write('two\n')
        into.flush()

        then:
        first.contains('libaugeas.so.0')
        first.contains("pkg 'augeas-libs'")
        installed == 0
        out.readLine() == 'done'
        Files.readString(root.resolve('app.conf')) == 'key = two\n'
    }

    private Process start(List<String> before) {
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def classes = System.getProperty('java.class.path')
        def command = before + [java, '-cp', classes, SettingProgram.name, root.toString()]
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    }

    static Optional<Path> library() {
        def paths = ['/usr/lib', '/usr/lib64'].collect { Path.of(it) }.findAll { Files.isDirectory(it) }
        def found = paths.collectMany { folder ->
            Files.find(folder, 2, { path, attributes -> path.fileName.toString() == 'libaugeas.so.0' }).withCloseable { it.toList() }
        }
        found.empty ? Optional.empty() : Optional.of(found[0].toRealPath())
    }
}
