package dev.converge.source

import dev.converge.git.Access
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Where Converge is installed, the library for SSH is in a folder of its own, and on no class path. */
@Requires({ new File('/usr/sbin/sshd').exists() })
@Timeout(180)
class InstalledSshSpec extends Specification {
    @TempDir
    Path folder

    @AutoCleanup
    GitSshServer sshd

    GitRepository origin

    def setup() {
        origin = new GitRepository(folder.resolve('repositories/app'))
        origin.commit(readme: 'one\n')
        sshd = new GitSshServer(Files.createDirectories(folder.resolve('ssh')))
    }

    def "a repository is read by SSH with the jars of the folder separate"() {
        when:
        def ended = checkout(installed(true))

        then:
        ended.code == 0
        Files.readString(folder.resolve('app/readme')) == 'one\n'
    }

    def "without that folder it is said what to do"() {
        when:
        def ended = checkout(installed(false))

        then:
        ended.code == 4
        ended.said.contains('The library for SSH cannot be loaded')
        ended.said.contains('Install Converge anew')
        !Files.exists(folder.resolve('app'))
    }

    record Ended(int code, String said) {}

    private Ended checkout(String classPath) {
        def site = Files.writeString(folder.resolve('site.groovy'), """\
            gitCheckout('$folder/app') {
                repository '${sshd.url(origin.folder)}'
                revision 'main'
                sshKey '$sshd.key'
                knownHosts '$sshd.knownHosts'
            }
            """.stripIndent())
        def process = new ProcessBuilder("${System.getProperty('java.home')}/bin/java", '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1',
            '-cp', classPath, 'dev.converge.cli.Main', "--state-dir=$folder/state", site as String).redirectErrorStream(true).start()
        new Ended(said: process.inputStream.text, code: process.waitFor())
    }

    /** Converge's own classes and what they need, as the launcher puts them on the class path. */
    private String installed(boolean whole) {
        def lib = Files.createDirectories(folder.resolve('lib'))
        def own = Path.of(Access.protectionDomain.codeSource.location.toURI())
        def copy = lib.resolve(own.fileName)
        assert ['cp', '-r', own as String, copy as String].execute().waitFor() == 0
        def all = System.getProperty('java.class.path').split(File.pathSeparator).collect { Path.of(it) } - own
        def (library, others) = all.split { it.fileName.toString() ==~ /(bc.*-jdk|sshd-|org\.eclipse\.jgit\.ssh).*\.jar/ }
        assert library.size() == 5
        if (whole) {
            Files.createDirectory(folder.resolve('separate'))
            library.each { Files.copy(it, folder.resolve('separate').resolve(it.fileName)) }
        }
        ([copy] + others).join(File.pathSeparator)
    }
}
