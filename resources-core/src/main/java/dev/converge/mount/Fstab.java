package dev.converge.mount;

import dev.converge.filesystem.MountPoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds and edits the line of one mount point in the text of an fstab(5); all else stays byte for byte. */
final class Fstab {
    static final Path FILE = Path.of("/etc/fstab");

    private static final Pattern FIELD = Pattern.compile("(\\S+)(\\s*)");
    private static final Pattern LINE = Pattern.compile("[^\\n]*\\n?");

    private Fstab() {}

    /** The line that a boot would mount there. */
    static Optional<FstabLine> find(String text, Path path) {
        return lines(text).stream()
                .filter(line -> isOf(line, path))
                .findFirst()
                .map(line -> FstabLine.ofFile(fields(line)));
    }

    /** The mount points of all lines, in their order. */
    static List<String> mountPoints(String text) {
        return lines(text).stream()
                .map(Fstab::fields)
                .filter(fields -> fields.size() >= 2 && !fields.get(0).startsWith("#"))
                .map(fields -> MountPoints.unescape(fields.get(1)))
                .filter(point -> point.startsWith("/"))
                .distinct()
                .toList();
    }

    static long count(String text, Path path) {
        return lines(text).stream().filter(line -> isOf(line, path)).count();
    }

    static UnaryOperator<String> without(Path path) {
        return text -> String.join(
                "", lines(text).stream().filter(line -> !isOf(line, path)).toList());
    }

    /** The line takes the place of the one that is there, in its columns as far as they are wide enough. */
    static UnaryOperator<String> with(Path path, FstabLine wanted) {
        return text -> {
            List<String> lines = new ArrayList<>(lines(text));
            for (int i = 0; i < lines.size(); i++) {
                if (isOf(lines.get(i), path)) {
                    lines.set(i, inColumns(lines.get(i), wanted.escaped()));
                    return String.join("", lines);
                }
            }
            String separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
            return text + separator + String.join(" ", wanted.escaped()) + "\n";
        };
    }

    private static String inColumns(String line, List<String> wanted) {
        Matcher matcher = FIELD.matcher(line);
        StringBuilder out = new StringBuilder(
                line.substring(0, line.length() - line.stripLeading().length()));
        int at = 0;
        for (; matcher.find(); at++) {
            out.append(at < wanted.size() ? column(matcher, wanted.get(at)) : matcher.group());
        }
        boolean trailing = wanted.subList(Math.min(at, wanted.size()), wanted.size()).stream()
                .anyMatch(field -> !field.equals("0"));
        if (trailing) {
            String end = out.toString();
            String kept = end.stripTrailing();
            return kept + " " + String.join(" ", wanted.subList(at, wanted.size())) + end.substring(kept.length());
        }
        return out.toString();
    }

    /** A field in its column: what it is longer or shorter is taken from the blanks after it. */
    private static String column(Matcher found, String field) {
        String old = found.group(1);
        String blanks = found.group(2);
        boolean last = blanks.isEmpty() || blanks.contains("\n");
        if (last || field.length() == old.length() || blanks.contains("\t")) {
            return field + blanks;
        }
        int width = blanks.length() + old.length() - field.length();
        return field + (blanks.length() == 1 ? " " : " ".repeat(Math.max(1, width)));
    }

    private static boolean isOf(String line, Path path) {
        List<String> fields = fields(line);
        if (fields.size() < 2 || fields.get(0).startsWith("#")) {
            return false;
        }
        String point = MountPoints.unescape(fields.get(1));
        return point.startsWith("/") && Path.of(point).equals(path);
    }

    private static List<String> fields(String line) {
        return FIELD.matcher(line).results().map(found -> found.group(1)).toList();
    }

    private static List<String> lines(String text) {
        return LINE.matcher(text)
                .results()
                .map(found -> found.group())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
