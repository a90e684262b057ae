package dev.converge.target

import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.Specification
import tools.jackson.databind.json.JsonMapper
import tools.jackson.dataformat.yaml.YAMLMapper

/** YAML says what it was given, to each that reads it. */
class CloudYamlSpec extends Specification {
    static final List<String> TEXTS = ['', ' ', 'a', 'yes', 'No', 'on', 'null', '~', '0644', '1e3', '1_000', '12:30:45', '2027-01-31', '- a', 'a: b', 'a #b',
        '#a', '@a', '`a', '%a', '&a', '*a', '!a', '|', '>', '?', ':', ',', '[a]', '{a}', '"a"', "'a'", 'a\\b', 'a\tb', '\ta', ' a', 'a ', 'a\n', 'a\nb', 'a\nb\n',
        'a\n\n\n', '\na', ' a\nb', 'a\n b\n', 'a\n \nb\n', 'a\nb ', 'a\n \n', '\n', '\n\n', '---\na\n', '...\n', 'ä\n', '日本', '\u0000', '\u001b[1m', '\r\n', 'a\r\nb\r\n', '\u0085', '\u2028', '\ufeffa',
        '😀', 'y', 'n', '=', '<<', '.5', '+1', '0x1F', '0o17', '.inf', '.nan', 'root:root', '/etc/a b', 'a: |\n  b\n', '#!/bin/sh\necho "x"\n']
    static final Object TREE = [texts: TEXTS, map: TEXTS.collectEntries { [("k$it" as String): it] }, nested: [[a: [b: [1, true, 'c']], d: []], [e: [:]]], pair: [['nginx', '1.0']]]

    private static String yaml() {
        (TREE as Map).collect { key, value -> CloudYaml.entry(key as String, value, 0) }.join('')
    }

    def "Jackson reads what was written"() {
        expect:
        new YAMLMapper().readValue(yaml(), Map) == TREE
    }

    @Requires({ ['python3', '-c', 'import yaml'].execute().waitFor() == 0 })
    def "PyYAML, which cloud-init uses, reads what was written"() {
        given:
        def python = ['python3', '-c', 'import sys, yaml, json; json.dump(yaml.safe_load(sys.stdin.buffer.read().decode("utf-8", "surrogatepass")), sys.stdout)'].execute()

        when:
        python.outputStream.withStream { it << yaml().getBytes('UTF-8') }
        def read = python.inputStream.getText('UTF-8')

        then:
        python.waitFor(30, TimeUnit.SECONDS)
        JsonMapper.shared().readValue(read, Map) == TREE
    }

    def "a comment never ends before its line does"() {
        expect:
        CloudYaml.comment(text, 2) == '  # a b\n'

        where:
        text << ['a\nb', 'a\u0085b', 'a\u2028b', 'a\rb', 'a b\n']
    }
}
