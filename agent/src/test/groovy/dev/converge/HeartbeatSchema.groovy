package dev.converge

import com.networknt.schema.InputFormat
import com.networknt.schema.SchemaRegistry
import com.networknt.schema.SpecificationVersion
import java.nio.file.Files
import java.nio.file.Path

/** The form of heartbeats that is published. */
final class HeartbeatSchema {
    static boolean matches(String document) {
        def schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of('../docs/heartbeat.schema.json')))
        def errors = schema.validate(document, InputFormat.JSON) { it.executionConfig { c -> c.formatAssertionsEnabled(true) } }
        assert errors*.toString() == []
        true
    }
}
