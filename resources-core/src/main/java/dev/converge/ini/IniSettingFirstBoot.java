package dev.converge.ini;

import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Text;
import dev.converge.textedit.FileEditing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A setting in a file with sections without Converge. */
final class IniSettingFirstBoot {
    private static final String PROGRAM = """
            function bare(line) { sub(/^[ \\t]+/, "", line); sub(/[ \\t\\r]+$/, "", line); return line }
            BEGIN { inside = ENVIRON["SECTION"] == ""; if (inside) place = 0; known = inside }
            { text[NR] = $0; line = bare($0) }
            line ~ /^\\[.*\\]$/ {
                inside = bare(substr(line, 2, length(line) - 2)) == ENVIRON["SECTION"]
                if (inside && !known) { known = 1; place = NR }
                next
            }
            inside && line !~ /^[;#]/ && match(line, /[=:]/) {
                place = NR
                if (bare(substr(line, 1, RSTART - 1)) == ENVIRON["KEY"]) { found++; here = NR }
            }
            function written(line,   start) {
                match(line, /[=:][ \\t]*/)
                start = substr(line, 1, RSTART + RLENGTH - 1)
                return start ENVIRON["VALUE"]
            }
            END {
                if (found > 1) exit 3
                new = ENVIRON["KEY"] ENVIRON["SEPARATOR"] ENVIRON["VALUE"]
                if (known && !found && place == 0) print new
                for (i = 1; i <= NR; i++) {
                    print i == here ? written(text[i]) : text[i]
                    if (known && !found && i == place) print new
                }
                if (!known) { if (NR) print ""; print "[" ENVIRON["SECTION"] "]"; print new }
            }
            """;

    private IniSettingFirstBoot() {}

    static List<Step> steps(Declared<IniSettingResource> declared) {
        IniSettingResource setting = declared.desired();
        if (declared.ensure() == Ensure.ABSENT) {
            throw FileEditing.onlyPresent();
        }
        String separator = setting.separator().orElse(" = ");
        InvalidValueException.when(
                setting.ignoreCase() || setting.inlineComments() || !separator.matches("\\s*[=:]\\s*"),
                "\"ignoreCase\", \"inlineComments\" and other separators than = and : are only for Converge itself.",
                "Leave them out, or declare a line.");
        Map<String, Text> values = new LinkedHashMap<>();
        values.put("SECTION", Text.of(setting.name().section()));
        values.put("KEY", Text.of(setting.name().key()));
        values.put("SEPARATOR", Text.of(separator));
        values.put("VALUE", setting.value());
        return List.of(FileEditing.of(
                setting.name().file().file(),
                PROGRAM,
                values,
                setting.create(),
                setting.validation().words()));
    }
}
