package dev.converge.output;

import dev.converge.report.Outcome.Hold;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a pending change waits for, for programs and read back. */
final class HoldJson {
    private HoldJson() {}

    static Map<String, Object> of(Hold hold) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (hold instanceof Hold.Window window) {
            tree.put("reason", "window");
            tree.put("opens", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(window.opens()));
        } else if (hold instanceof Hold.Drift) {
            tree.put("reason", "drift");
        } else if (hold instanceof Hold.Behind behind) {
            tree.put("reason", "dependency-waits");
            tree.put("id", behind.id().toString());
        }
        return tree;
    }

    static Hold read(DocumentPart tree) {
        return switch (tree.text("reason")) {
            case "window" -> new Hold.Window(ZonedDateTime.parse(tree.text("opens")));
            case "drift" -> new Hold.Drift();
            case "dependency-waits" -> new Hold.Behind(KeptReport.id(tree.text("id")));
            default -> throw new IllegalArgumentException("a resource waits for \"" + tree.text("reason") + "\"");
        };
    }
}
