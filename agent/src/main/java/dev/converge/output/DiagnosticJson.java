package dev.converge.output;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Redactor;
import dev.converge.schema.CatalogJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Diagnostics for programs, as {@code docs/report.md} describes them. */
final class DiagnosticJson {
    private final Redactor redactor;

    DiagnosticJson(Redactor redactor) {
        this.redactor = redactor;
    }

    List<Object> all(List<Diagnostic> diagnostics) {
        List<Object> trees = new ArrayList<>();
        diagnostics.forEach(diagnostic -> trees.add(one(diagnostic)));
        return trees;
    }

    Map<String, Object> one(Diagnostic diagnostic) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
        tree.put("code", diagnostic.code().label());
        tree.put("summary", diagnostic.summary());
        tree.put("detail", redactor.redact(diagnostic.detail()));
        diagnostic.at().ifPresent(at -> tree.put("source", range(at)));
        diagnostic.suggestion().ifPresent(advice -> tree.put("suggestion", redactor.redact(advice)));
        if (!diagnostic.related().isEmpty()) {
            List<Object> related = new ArrayList<>();
            diagnostic.related().forEach(other -> {
                Map<String, Object> place = new LinkedHashMap<>();
                place.put("message", redactor.redact(other.message()));
                other.at().ifPresent(at -> place.put("source", range(at)));
                related.add(place);
            });
            tree.put("related", related);
        }
        return tree;
    }

    private static Map<String, Object> range(SourceRange at) {
        Map<String, Object> tree = CatalogJson.source(at);
        tree.put("endLine", at.endLine());
        tree.put("endColumn", at.endColumn());
        return tree;
    }
}
