package dev.converge.pkg

import static dev.converge.pkg.PackageRepository.NAME

import dev.converge.ResourceSpecification
import dev.converge.provider.ResourceFailure
import dev.converge.testhost.DebianRoot
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir
import spock.lang.Timeout

/** Locks that others hold, and what a killed dpkg has left. Needs root. */
@Requires({ TestHost.possible })
@Timeout(120)
class PkgInterruptionSpec extends ResourceSpecification<PkgResource> implements TestPackages {
    @Shared
    @AutoCleanup
    DebianRoot debian = DebianRoot.make()

    @TempDir
    Path folder

    def "a lock that is held is waited for, and then its holder is named"() {
        given:
        def holder = lockedBy(debian.path('/var/lib/dpkg/lock-frontend'))

        when:
        converge(pkg(lockTimeout: Duration.ofSeconds(1)))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("process ${holder.pid()}")
        failure.message.contains('LockHolder')
        repository.status(NAME) == ''

        when:
        def release = Thread.start { holder.outputStream.close() }
        converge(pkg(lockTimeout: Duration.ofSeconds(60)))

        then:
        repository.status(NAME).startsWith('install ok installed')

        cleanup:
        holder?.destroy()
        release?.join()
    }

    def "what dpkg was killed at is completed, so that apt goes on"() {
        given: 'a package whose script kills dpkg, the first time'
        Path mark = folder.resolve('mark')
        repository.add(NAME, '3.0', postinst: "if [ ! -e $mark ]; then touch $mark; kill -9 \$PPID; fi")
        repository.publish()
        repository.run('apt-get', '-y', 'install', NAME)

        expect:
        repository.status(NAME).contains('half-configured')

        when:
        recover(pkg())

        then:
        repository.status(NAME) == 'install ok installed 3.0'
        difference(pkg()).empty

        when:
        converge(pkg(name: 'converge-test-b'))

        then:
        repository.status('converge-test-b') == 'install ok installed 1:1.0-1'
    }

    def "nothing is run where dpkg was not interrupted"() {
        given:
        repository.ran.clear()

        when:
        recover(pkg())

        then:
        repository.ran.empty
    }

    /** A process that holds a lock of dpkg's kind until its standard input ends. */
    private Process lockedBy(Path lock) {
        def program = Files.writeString(folder.resolve('LockHolder.java'), """\
            import java.nio.channels.FileChannel;
            import java.nio.file.*;
            class LockHolder {
                public static void main(String[] args) throws Exception {
                    try (var channel = FileChannel.open(Path.of("$lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
                        var held = channel.lock();
                        System.out.println("locked");
                        System.in.read();
                        held.release();
                    }
                }
            }
            """.stripIndent())
        def java = System.getProperty('java.home') + '/bin/java'
        def process = new ProcessBuilder(java, program as String).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        assert process.inputStream.newReader().readLine() == 'locked'
        process
    }
}
