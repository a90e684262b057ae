package dev.converge.examples

import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList

/** Looks for passwords where nobody may find them: in the arguments of programs, and in the files of a host. */
final class Onlooker {
    /** Files larger than that are tables and packages. */
    private static final long LARGEST = 50_000_000

    private final List<String> passwords

    /** What was found in the arguments of programs. */
    final List<String> seen = new CopyOnWriteArrayList<>()

    private volatile boolean looking

    Onlooker(String... passwords) {
        this.passwords = passwords as List
    }

    /** Does something, and looks at every process of a host meanwhile. */
    def <T> T during(TestHost host, Closure<T> work) {
        def own = Path.of(host.run('readlink', '/proc/self/ns/pid').trim())
        looking = true
        def watch = Thread.start {
            while (looking) {
                seen.addAll(commandLines(own).findAll { finds(it) })
            }
        }
        try {
            work()
        } finally {
            looking = false
            watch.join()
        }
    }

    /** Whether one of the passwords is in a text. */
    boolean finds(String text) {
        passwords.any { text.contains(it) }
    }

    /** The files of a host that one of the passwords is in, by their paths there. */
    List<String> files(TestHost host) {
        ['/etc', '/home', '/root', '/var', '/run', '/tmp'].collectMany { below(host.path('/'), host.path(it)) }
    }

    private List<String> below(Path root, Path folder) {
        Files.walk(folder).withCloseable { paths ->
            paths.filter { Files.isRegularFile(it) && Files.size(it) < LARGEST && finds(it.toFile().getText('UTF-8')) }
                .map { "/${root.relativize(it)}" as String }.toList()
        }
    }

    /** @param own the namespace of the host's processes */
    private static List<String> commandLines(Path own) {
        new File('/proc').list().findAll { it.isInteger() }.collect { process ->
            try {
                Files.readSymbolicLink(Path.of('/proc', process, 'ns/pid')) == own ? Files.readString(Path.of('/proc', process, 'cmdline')) : ''
            } catch (IOException ignored) {
                '' // it has ended
            }
        }
    }
}
