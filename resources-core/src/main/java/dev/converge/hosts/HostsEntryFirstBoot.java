package dev.converge.hosts;

import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Text;
import dev.converge.textedit.FileEditing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An entry of hosts(5) without Converge. */
final class HostsEntryFirstBoot {
    /** Its own line is the first of its family that begins with the name; other addresses of the family lose its names. */
    private static final String PROGRAM = """
            function family(ip) { return ip ~ /:/ ? 6 : 4 }
            function ours(word) { return (" " tolower(ENVIRON["NAME"] " " ENVIRON["ALIASES"]) " ") ~ (" " tolower(word) " ") }
            BEGIN {
                ip = ENVIRON["IP"]
                name = tolower(ENVIRON["NAME"])
                aliases = (ENVIRON["ALIASES"] == "" ? "" : " ") ENVIRON["ALIASES"]
                remark = ENVIRON["COMMENT"] == "" ? "" : "\\t# " ENVIRON["COMMENT"]
            }
            {
                comment = ""
                line = $0
                if (match(line, /[ \\t]*#/)) { comment = substr(line, RSTART); line = substr(line, 1, RSTART - 1) }
                count = split(line, words, /[ \\t]+/)
                if (words[1] == "") { print; next }
                same = family(words[1]) == family(ip)
                match(line, /^[^ \\t]+[ \\t]*/)
                start = substr(line, 1, RLENGTH)
                names = substr(line, RLENGTH + 1)
                if (same && !done && tolower(words[2]) == name) {
                    done = 1
                    now = ""
                    for (i = 3; i <= count; i++) if (words[i] != "") now = now (now == "" ? "" : " ") words[i]
                    if (!ENVIRON["KEEP"] && now != ENVIRON["ALIASES"]) names = words[2] aliases
                    said = comment
                    sub(/^[ \\t]*#[ \\t]*/, "", said)
                    sub(/[ \\t]+$/, "", said)
                    if (ENVIRON["COMMENT"] != "" && said != ENVIRON["COMMENT"]) comment = remark
                    print (words[1] == ip ? start : ip substr(start, length(words[1]) + 1)) names comment
                    next
                }
                if (same && words[1] != ip) {
                    left = ""
                    lost = 0
                    for (i = 2; i <= count; i++) if (words[i] != "") { if (ours(words[i])) lost = 1; else left = left (left == "" ? "" : " ") words[i] }
                    if (lost) { if (left != "") print start left comment; next }
                }
                print
            }
            END {
                if (!done) print ip "\\t" ENVIRON["NAME"] aliases remark
            }
            """;

    private HostsEntryFirstBoot() {}

    static List<Step> steps(Declared<HostsEntryResource> declared) {
        HostsEntryResource entry = declared.desired();
        if (declared.ensure() == Ensure.ABSENT) {
            throw FileEditing.onlyPresent();
        }
        Map<String, Text> values = new LinkedHashMap<>();
        values.put("IP", Text.of(entry.ip().orElseThrow().toString()));
        values.put("NAME", Text.of(entry.name().toString()));
        values.put(
                "ALIASES",
                Text.of(entry.aliases().orElse(List.of()).stream()
                        .map(HostsName::toString)
                        .collect(Collectors.joining(" "))));
        values.put("KEEP", Text.of(entry.aliases().isEmpty() ? "1" : ""));
        values.put("COMMENT", Text.of(entry.comment().orElse("")));
        return List.of(FileEditing.of(entry.file(), PROGRAM, values, true, List.of()));
    }
}
