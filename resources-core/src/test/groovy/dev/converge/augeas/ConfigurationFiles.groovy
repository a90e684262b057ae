package dev.converge.augeas

import java.nio.file.Files
import java.nio.file.Path

/** Configuration files as Debian ships them, copied to where a test may change them. */
final class ConfigurationFiles {
    private static final Path SHIPPED = Path.of(ConfigurationFiles.getResource('/augeas').toURI())

    static void copyTo(Path root) {
        Files.walk(SHIPPED).withCloseable { files ->
            files.filter(Files::isRegularFile).forEach {
                def target = root.resolve(SHIPPED.relativize(it).toString())
                Files.createDirectories(target.parent)
                Files.copy(it, target)
            }
        }
    }

    /** The paths of all of them, as a host sees them. */
    static List<String> paths() {
        Files.walk(SHIPPED).withCloseable { files ->
            files.filter(Files::isRegularFile).map { "/${SHIPPED.relativize(it)}" as String }.sorted().toList()
        }
    }

    static String shipped(String path) {
        Files.readString(SHIPPED.resolve(path.substring(1)))
    }

    /** The lines that differ as {@code diff} sees them: {@code -old} and {@code +new}. */
    static List<String> changedLines(String before, String after) {
        def files = [before, after].collect { text ->
            Files.writeString(Files.createTempFile('converge-diff', ''), text)
        }
        try {
            def out = (['diff', '-U0'] + files*.toString()).execute().text
            out.readLines().findAll { it =~ /^[-+\\]/ && !(it =~ /^(---|\+\+\+) /) }
        } finally {
            files.each { Files.delete(it) }
        }
    }
}
