package dev.converge

import com.networknt.schema.InputFormat
import com.networknt.schema.Schema
import com.networknt.schema.SchemaRegistry
import com.networknt.schema.SpecificationVersion
import java.nio.file.Files
import java.nio.file.Path

/** The form of reports that is published: whatever report a test meets must have it. */
final class ReportSchema {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of('../docs/report.schema.json')))

    /** Fails with everything that a document has and may not have, or lacks. */
    static boolean matches(String document) {
        def errors = SCHEMA.validate(document, InputFormat.JSON) { it.executionConfig { c -> c.formatAssertionsEnabled(true) } }
        assert errors*.toString() == []
        true
    }

    /** The same for every report that is kept below a folder. */
    static boolean matchesAllIn(Path folder) {
        Files.walk(folder).withCloseable { files ->
            files.filter { it.parent.fileName.toString() == 'reports' && it.toString().endsWith('.json') }
                .toList().every { matches(Files.readString(it)) }
        }
    }
}
