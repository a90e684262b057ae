package dev.converge.textedit;

import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A line in a file without Converge. */
final class LineFirstBoot {
    /**
     * Where a new line goes is the number of the line before it. The empty text makes text of a line: awk takes 0644 and 644
     * for the same number.
     */
    private static final String PRESENT = """
            { text[NR] = $0 }
            ENVIRON["MATCH"] == "" ? $0 "" == ENVIRON["LINE"] : $0 ~ ENVIRON["MATCH"] {
                found++
                here[NR] = 1
                if ($0 "" != ENVIRON["LINE"]) others++
            }
            ENVIRON["AFTER"] != "" && $0 ~ ENVIRON["AFTER"] { after = NR; placed = 1 }
            ENVIRON["BEFORE"] != "" && !placed && $0 ~ ENVIRON["BEFORE"] { after = NR - 1; placed = 1 }
            END {
                if (found > 1 && others && !ENVIRON["ALL"]) exit 3
                place = found ? -1 : placed ? after : NR
                if (place == 0) print ENVIRON["LINE"]
                for (i = 1; i <= NR; i++) {
                    print here[i] ? ENVIRON["LINE"] : text[i]
                    if (i == place) print ENVIRON["LINE"]
                }
            }
            """;

    private static final String ABSENT = """
            ENVIRON["MATCH"] == "" ? $0 "" != ENVIRON["LINE"] : $0 !~ ENVIRON["MATCH"]
            """;

    private LineFirstBoot() {}

    static List<Step> steps(Declared<LineResource> declared) {
        LineResource line = declared.desired();
        Map<String, Text> values = new LinkedHashMap<>();
        values.put("LINE", line.wanted());
        values.put("MATCH", regex(line.match()));
        values.put("AFTER", regex(line.after()));
        values.put("BEFORE", regex(line.before()));
        values.put("ALL", Text.of(line.all() ? "1" : ""));
        boolean absent = declared.ensure() == Ensure.ABSENT;
        return List.of(FileEditing.of(
                line.name().file(),
                absent ? ABSENT : PRESENT,
                values,
                line.create() && !absent,
                line.validation().words()));
    }

    private static Text regex(Optional<Regex> regex) {
        return Text.of(regex.map(PosixRegex::of).orElse(""));
    }
}
