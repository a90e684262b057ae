package dev.converge.docs

import dev.converge.Repository
import dev.converge.diagnostic.Code
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** The index of errors is whole: no code without a section, no section without an example, no summary left out. */
class ErrorsPageSpec extends Specification {
    static final String PAGE = 'docs/errors.md'
    static final List<String> SOURCES = ['dsl', 'resources-core', 'agent']

    def "each code has its section"() {
        expect:
        sections().keySet() == Code.values()*.label() as Set
    }

    def "#code has an example that gives it"() {
        expect:
        section.contains("error: $code -->") || section.contains(', says: ')

        where:
        [code, section] << sections().findAll { it.key != Code.BUG.label() }.collect { key, value -> [key, value] }
    }

    def "what begins a message of #code is found in its section"() {
        expect:
        summaries.findAll { !section.contains("**$it**") } == []

        where:
        [code, section, summaries] << sections().collect { code, section -> [code, section, summaries().findAll { it[0] == code }*.get(1)] }
    }

    private static Map<String, String> sections() {
        Repository.text(PAGE).split(/(?m)^### /).drop(1).collectEntries {
            def code = (it =~ /^`([^`]+)`/)[0][1] as String
            [code, it]
        }
    }

    /** Those that stand beside their code in the sources; others are put together. */
    private static List<List<String>> summaries() {
        SOURCES.collectMany { sources(it) }.collectMany { text ->
            (text =~ /Code\.([A-Z_]+),\s*"([^"]+)"/).collect { [Code.valueOf(it[1] as String).label(), it[2] as String] }
        }.unique().sort { it.join(' ') }
    }

    private static List<String> sources(String module) {
        Files.walk(Repository.path("$module/src/main/java")).withCloseable { paths ->
            paths.filter { it.toString().endsWith('.java') }.map { Files.readString(it as Path) }.toList()
        }
    }
}
