package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import tools.jackson.databind.json.JsonMapper

/** docs/plan.schema.json names every field that a plan has, and requires none that it may lack. */
class PlanSchemaSpec extends CliSpecification {
    private static final Map SCHEMA = new JsonMapper().readValue(schema(), Map)

    def "a plan with every kind of change has the form of the schema"() {
        given:
        def hosts = Files.writeString(folder.resolve('hosts'), '127.0.0.1 localhost\n')
        Files.writeString(folder.resolve('old'), 'x')
        def place = site("""\
            line('$hosts', "127.0.0.2 \${facts.hostname}") {
                notifies exec['told']
            }
            exec('told') {
                command 'true'
                refreshOnly true
            }
            file('$folder/old') { ensure 'absent' }
            file('$folder/secret') {
                content secret('hunter2')
            }
            directory '$folder/new'
            file('$folder/new/x') {
                content 'x'
                mode '0600'
            }
            file('$folder/no/x') { content 'x' }
            """.stripIndent())

        when:
        int exit = run('--dry-run', '--save-plan', folder.resolve('plan.json').toString(), place)
        assert exit == 6 : err
        def plan = new JsonMapper().readValue(folder.resolve('plan.json').toFile(), Map)

        then:
        plan.changes*.keySet().flatten().toSet() == SCHEMA['$defs'].change.get('properties').keySet() - 'recreated'
        plan.failed == ["file[$folder/no/x]".toString()]
        problems(plan, SCHEMA, 'plan') == []
    }

    private static List<String> problems(Object value, Map given, String at) {
        Map schema = given['$ref'] ? SCHEMA['$defs'][(given['$ref'] as String).tokenize('/').last()] as Map : given
        List<String> found = []
        if (schema.const != null && schema.const != value || schema.enum && !(value in schema.enum)) {
            found << "$at is $value".toString()
        }
        if (schema.pattern && !(value ==~ schema.pattern)) {
            found << "$at is $value, not $schema.pattern".toString()
        }
        if (value instanceof Map && schema.get('properties')) {
            found.addAll((value.keySet() - schema.get('properties').keySet()).collect { "$at has $it".toString() })
            found.addAll((schema.required - value.keySet()).collect { "$at lacks $it".toString() })
            value.each { name, one -> found.addAll(problems(one, schema.get('properties')[name] ?: [:], "$at.$name")) }
        }
        if (value instanceof List && schema.items) {
            value.each { found.addAll(problems(it, schema.items, "$at[]")) }
        }
        found
    }

    private static File schema() {
        Path folder = Path.of('').toAbsolutePath()
        while (!Files.exists(folder.resolve('docs/plan.schema.json'))) {
            folder = folder.parent
        }
        folder.resolve('docs/plan.schema.json').toFile()
    }
}
