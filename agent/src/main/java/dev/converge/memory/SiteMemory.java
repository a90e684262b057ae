package dev.converge.memory;

import dev.converge.model.Ensure;
import dev.converge.model.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What is known of one site on one host, as text: a line for each resource, its fields separated by tabs. The last line
 * counts the others and sums them up, so that a file that is cut short or damaged is not believed.
 *
 * @param key what the key is recognized by that the fingerprints were made with
 * @param site which site
 * @param applied what was applied last, by id
 * @param gone what is declared no longer
 */
record SiteMemory(String key, String site, Map<ResourceId, Applied> applied, List<Gone> gone) {
    private static final String FORMAT = "converge.applied/1";
    private static final String APPLIED = "applied";
    private static final String GONE = "gone";
    private static final String END = "end";

    static SiteMemory empty(String key, String site) {
        return new SiteMemory(key, site, new LinkedHashMap<>(), new ArrayList<>());
    }

    String text() {
        StringBuilder out = new StringBuilder(128 + applied.size() * 160);
        line(out, FORMAT, key, site);
        for (Applied one : applied.values()) {
            StringBuilder prints = new StringBuilder();
            one.attributes().forEach((name, print) -> prints.append(prints.isEmpty() ? "" : " ")
                    .append(name)
                    .append(':')
                    .append(print));
            line(
                    out,
                    APPLIED,
                    one.id().type(),
                    one.id().name(),
                    one.ensure().name(),
                    one.place(),
                    one.commit(),
                    Integer.toString(one.corrections()),
                    prints.toString());
        }
        for (Gone one : gone) {
            String since = Long.toString(one.since());
            line(out, GONE, one.id().type(), one.id().name(), one.place(), one.commit(), since);
        }
        String sum = sum(out.toString());
        line(out, END, Integer.toString(applied.size() + gone.size()), sum);
        return out.toString();
    }

    /** Empty when the text is damaged, or of another form. */
    static Optional<SiteMemory> of(String text) {
        int end = text.lastIndexOf('\n', text.length() - 2) + 1;
        List<String> last = fields(text.substring(end).strip());
        String[] lines = text.substring(0, end).split("\n");
        List<String> head = fields(lines[0]);
        boolean whole = last.size() == 3
                && last.get(0).equals(END)
                && last.get(1).equals(Integer.toString(lines.length - 1))
                && last.get(2).equals(sum(text.substring(0, end)))
                && head.size() == 3
                && head.get(0).equals(FORMAT);
        if (!whole) {
            return Optional.empty();
        }
        SiteMemory memory = empty(head.get(1), head.get(2));
        for (int i = 1; i < lines.length; i++) {
            memory.read(fields(lines[i]));
        }
        return Optional.of(memory);
    }

    private void read(List<String> fields) {
        ResourceId id = new ResourceId(fields.get(1), fields.get(2));
        if (fields.get(0).equals(APPLIED)) {
            int corrections = Integer.parseInt(fields.get(6));
            Ensure ensure = Ensure.valueOf(fields.get(3));
            applied.put(id, new Applied(id, ensure, fields.get(4), fields.get(5), corrections, prints(fields.get(7))));
        } else {
            gone.add(new Gone(id, fields.get(3), fields.get(4), Long.parseLong(fields.get(5))));
        }
    }

    private static Map<String, String> prints(String field) {
        Map<String, String> prints = new LinkedHashMap<>();
        for (String one : field.isEmpty() ? new String[0] : field.split(" ")) {
            int colon = one.indexOf(':');
            prints.put(one.substring(0, colon), one.substring(colon + 1));
        }
        return prints;
    }

    private static void line(StringBuilder out, String... fields) {
        for (int i = 0; i < fields.length; i++) {
            out.append(i == 0 ? "" : "\t");
            escape(fields[i], out);
        }
        out.append('\n');
    }

    private static void escape(String field, StringBuilder out) {
        for (int i = 0; i < field.length(); i++) {
            char letter = field.charAt(i);
            switch (letter) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(letter);
            }
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>(8);
        int start = 0;
        for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', start)) {
            fields.add(unescape(line.substring(start, tab)));
            start = tab + 1;
        }
        fields.add(unescape(line.substring(start)));
        return fields;
    }

    private static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder out = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char letter = field.charAt(i);
            if (letter == '\\' && i + 1 < field.length()) {
                char escaped = field.charAt(++i);
                letter = switch (escaped) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> escaped;
                };
            }
            out.append(letter);
        }
        return out.toString();
    }

    private static String sum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
