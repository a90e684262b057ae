package dev.converge.yaml;

import dev.converge.diagnostic.SourceRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Why a text is no YAML, in the words of its author: the parser names the place where it could not go on, and what has to be
 * changed often stands long before.
 *
 * @param detail a whole sentence
 * @param advice what to do
 */
public record YamlMistake(SourceRange at, String detail, String advice) {
    private static final Pattern NO_BEGINNING = Pattern.compile("found character '(.)' that cannot start any token.*");
    private static final Pattern KEY_BEFORE = Pattern.compile("[\\s-]*[^\\s#].*?:\\s+\\S.*");

    /**
     * What the parser has met.
     *
     * @param where the file, as diagnostics name it
     * @param text what is in it
     */
    public static YamlMistake of(String where, String text, MarkedYamlEngineException met) {
        return new Met(where, text, met).mistake();
    }

    /** What the parser says of it. */
    private record Met(String where, String text, MarkedYamlEngineException exception) {
        YamlMistake mistake() {
            String problem =
                    exception.getProblem().replaceAll("\\s*\\R\\s*", " ").strip();
            String context = String.valueOf(exception.getContext());
            if (context.startsWith("while parsing a flow ") && problem.startsWith("expected ','")) {
                return bracket(context.endsWith("mapping") ? "}" : "]", context.endsWith("mapping") ? "{" : "[");
            }
            int open = problem.startsWith("expected the node content") && problem.contains("<stream end>")
                    ? lastOpen()
                    : -1;
            if (open >= 0) {
                String close = text.charAt(open) == '[' ? "]" : "}";
                return new YamlMistake(
                        point(open),
                        "The " + text.charAt(open) + " here is not closed.",
                        "Close it with " + close + ".");
            }
            if (problem.equals("found unexpected end of stream")) {
                String quote = character(begun());
                return new YamlMistake(
                        begun(),
                        "The text that begins here does not end.",
                        "Close it with " + quote + " where it ends.");
            }
            if (problem.contains("(TAB)")) {
                return here(
                        "There is a tab here, and before a key or a value YAML takes none.",
                        "Put spaces in the place of the tab.");
            }
            Matcher character = NO_BEGINNING.matcher(problem);
            if (character.matches()) {
                return here("No text begins with " + character.group(1) + " here.", "Put the text in quotes.");
            }
            return line(problem);
        }

        private YamlMistake bracket(String close, String open) {
            boolean goesOn = exception.getProblem().endsWith("<stream end>")
                    || begun().line() != point(exception.getProblemMark()).line();
            return goesOn
                    ? new YamlMistake(begun(), "The " + open + " here is not closed.", "Close it with " + close + ".")
                    : here(
                            "A comma is wanted here, or a " + close + ".",
                            "Put a comma between the elements, or close the " + open + " with " + close + ".");
        }

        private YamlMistake line(String problem) {
            if (problem.startsWith("mapping values are not allowed")) {
                return key();
            }
            if (problem.startsWith("expected <block end>")) {
                return here(
                        "This line does not belong to what stands above it.",
                        "Begin the keys of a map, or the - of a list, all as far to the right as the first of them.");
            }
            if (problem.startsWith("could not find expected ':'")) {
                return new YamlMistake(
                        begun(),
                        "This is neither a key nor a part of a text.",
                        "Write key: value, or put text in quotes.");
            }
            if (problem.startsWith("found unknown escape character")) {
                return here("This backslash has no meaning.", "Put the text in single quotes, where it needs none.");
            }
            return problem.startsWith("found undefined alias")
                    ? here(
                            "A text that begins with * is an alias, and nothing is called so.",
                            "Put the text in quotes.")
                    : here(
                            "This cannot be read: " + problem + ".",
                            "Write YAML 1.2 or JSON: spaces rather than tabs before a key, and text with special"
                                    + " characters in quotes.");
        }

        private YamlMistake key() {
            SourceRange colon = point(exception.getProblemMark());
            String before = lineOf(colon).substring(0, Math.min(lineOf(colon).length(), colon.column() - 1));
            return KEY_BEFORE.matcher(before).matches()
                    ? here("A second colon with a space behind it makes no sense here.", "Put the text in quotes.")
                    : here(
                            "No key can be here.",
                            "Begin the keys of a map all as far to the right as the first, each with a colon behind it.");
        }

        private YamlMistake here(String detail, String advice) {
            return new YamlMistake(point(exception.getProblemMark()), detail, advice);
        }

        /** Where what was not ended begins. */
        private SourceRange begun() {
            return point(exception.getContextMark().or(exception::getProblemMark));
        }

        private SourceRange point(Optional<Mark> mark) {
            return mark.map(at -> SourceRange.point(where, at.getLine() + 1, at.getColumn() + 1))
                    .orElse(SourceRange.point(where, 1, 1));
        }

        /** The last bracket that is open where the text ends; none when it is -1. */
        private int lastOpen() {
            int closed = 0;
            for (int i = text.length() - 1; i >= 0; i--) {
                char c = text.charAt(i);
                if (c == ']' || c == '}') {
                    closed++;
                } else if ((c == '[' || c == '{') && --closed < 0) {
                    return i;
                }
            }
            return -1;
        }

        private SourceRange point(int index) {
            String before = text.substring(0, index);
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            return SourceRange.point(where, line, index - before.lastIndexOf('\n'));
        }

        private String lineOf(SourceRange place) {
            return text.lines().skip(place.line() - 1L).findFirst().orElse("");
        }

        private String character(SourceRange place) {
            String line = lineOf(place);
            return place.column() <= line.length() ? line.substring(place.column() - 1, place.column()) : "a quote";
        }
    }
}
