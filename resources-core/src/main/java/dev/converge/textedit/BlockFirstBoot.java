package dev.converge.textedit;

import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A marked block in a file without Converge. */
final class BlockFirstBoot {
    private static final String PROGRAM = """
            { text[NR] = $0; bare = $0; sub(/^[ \\t]+/, "", bare); sub(/[ \\t\\r]+$/, "", bare) }
            bare == ENVIRON["FIRST"] { firsts++; first = NR }
            bare == ENVIRON["LAST"] { lasts++; last = NR }
            ENVIRON["AFTER"] != "" && $0 ~ ENVIRON["AFTER"] { after = NR; placed = 1 }
            ENVIRON["BEFORE"] != "" && !placed && $0 ~ ENVIRON["BEFORE"] { after = NR - 1; placed = 1 }
            function block() { print ENVIRON["FIRST"]; printf "%s", ENVIRON["CONTENT"]; print ENVIRON["LAST"] }
            END {
                if (firsts != lasts || firsts > 1 || last < first) exit 3
                absent = ENVIRON["ABSENT"]
                place = firsts || absent ? -1 : placed ? after : NR
                if (place == 0) block()
                for (i = 1; i <= NR; i++) {
                    if (!firsts || i < first || i > last || !absent && (i == first || i == last)) print text[i]
                    if (firsts && i == first && !absent) printf "%s", ENVIRON["CONTENT"]
                    if (i == place) block()
                }
            }
            """;

    private BlockFirstBoot() {}

    static List<Step> steps(Declared<BlockResource> declared) {
        BlockResource block = declared.desired();
        Markers markers = new Markers(block.name(), block.comment());
        boolean absent = declared.ensure() == Ensure.ABSENT;
        String content = block.wanted();
        Map<String, Text> values = new LinkedHashMap<>();
        values.put("FIRST", Text.of(markers.begin()));
        values.put("LAST", Text.of(markers.end()));
        values.put("CONTENT", block.content().isSensitive() ? Text.of(Secret.of(content)) : Text.of(content));
        values.put("AFTER", regex(block.after()));
        values.put("BEFORE", regex(block.before()));
        values.put("ABSENT", Text.of(absent ? "1" : ""));
        return List.of(FileEditing.of(
                block.name().file(),
                PROGRAM,
                values,
                block.create() && !absent,
                block.validation().words()));
    }

    private static Text regex(Optional<Regex> regex) {
        return Text.of(regex.map(PosixRegex::of).orElse(""));
    }
}
