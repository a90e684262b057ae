package dev.converge.target

import com.networknt.schema.InputFormat
import com.networknt.schema.Schema
import com.networknt.schema.SchemaRegistry
import com.networknt.schema.SpecificationVersion
import java.nio.file.Files
import java.nio.file.Path
import tools.jackson.databind.json.JsonMapper
import tools.jackson.dataformat.yaml.YAMLMapper

/** The schema that cloud-init 22.4 publishes, in strict form: a key that it does not know is an error, a deprecated one too. */
final class CloudInitSchema {
    private static final Path FILE = Path.of('../agent/src/test/resources/cloud-init/schema-cloud-config-v1.json')
    private static final Schema SCHEMA = strict()

    private static Schema strict() {
        def schema = JsonMapper.shared().readValue(Files.readString(FILE), Map)
        def known = schema['$defs'].findAll { name, part -> name.startsWith('cc_') }
            .values().collectMany { part -> (part.get('properties') ?: [:]).findAll { key, value -> !value.get('deprecated') }.keySet() }
        schema.put('properties', known.collectEntries { [it, [:]] })
        schema.put('additionalProperties', false)
        withoutDeprecated(schema)
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(JsonMapper.shared().writeValueAsString(schema))
    }

    private static void withoutDeprecated(Object node) {
        if (node instanceof Map) {
            if (node.get('properties') instanceof Map) {
                node.get('properties').removeAll { key, value -> value instanceof Map && value.get('deprecated') == true }
            }
            node.values().each { withoutDeprecated(it) }
        }
        if (node instanceof List) {
            node.removeAll { it instanceof Map && it.get('deprecated') == true }
            node.each { withoutDeprecated(it) }
        }
    }

    /** Fails with everything that it may not have. */
    static boolean accepts(String cloudConfig) {
        assert errors(cloudConfig) == []
        true
    }

    static List<String> errors(String cloudConfig) {
        def tree = new YAMLMapper().readValue(cloudConfig, Object) ?: [:]
        SCHEMA.validate(JsonMapper.shared().writeValueAsString(tree), InputFormat.JSON)*.toString()
    }
}
