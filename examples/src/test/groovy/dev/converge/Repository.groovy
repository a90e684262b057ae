package dev.converge

import java.nio.file.Files
import java.nio.file.Path

/** The checkout that is being tested. */
final class Repository {
    static final Path ROOT = Path.of('').toAbsolutePath().parent

    static Path path(String name) {
        ROOT.resolve(name)
    }

    static String text(String name) {
        Files.readString(path(name))
    }

    /** The pages for users: README.md and docs/, decisions left out. Whoever writes one tries it alone: {@code -Dconverge.page=docs/plans.md}. */
    static List<String> pages() {
        def all = ['README.md'] + path('docs').toFile().list().findAll { it.endsWith('.md') }.sort().collect { "docs/$it" as String }
        all.findAll { it == System.getProperty('converge.page', it) }
    }

    /** Whether the text is what the file holds; {@code -Dconverge.updateDocs=true} writes it anew. */
    static boolean holds(String name, String actual) {
        if (Boolean.getBoolean('converge.updateDocs')) {
            Files.createDirectories(path(name).parent)
            Files.writeString(path(name), actual)
        }
        assert Files.exists(path(name)) && actual == text(name) : "$name is stale: run this test with -Dconverge.updateDocs=true"
        true
    }
}
