package dev.converge.augeas;

import dev.converge.model.InvalidValueException;
import dev.converge.textedit.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition about a tree, in the words of Puppet's augeas type: {@code match AllowUsers size == 0},
 * {@code get PermitRootLogin != no}, {@code values AllowUsers/* include root}.
 *
 * @param subject whether the matching paths, their values or one value are looked at
 * @param path what is looked at
 * @param comparison how it is compared
 * @param operands what it is compared with
 */
public record Guard(Subject subject, String path, String comparison, List<String> operands) {
    /** What of the tree is looked at. */
    enum Subject {
        GET,
        MATCH,
        VALUES
    }

    private static final Set<String> ORDERS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final String SYNTAX = "Write get PATH == VALUE (or !=, <, <=, >, >=, =~), match PATH size == 0, or"
            + " match PATH include VALUE (or not_include, == [\"a\", \"b\"], != […]; values instead of match looks at"
            + " values).";

    public Guard {
        operands = List.copyOf(operands);
    }

    /** @throws InvalidValueException when it is no condition */
    public static Guard parse(String text) {
        EditWords words = new EditWords(text);
        return switch (words.next("word")) {
            case "get" -> get(text, words);
            case "match" -> several(Subject.MATCH, text, words);
            case "values" -> several(Subject.VALUES, text, words);
            default -> throw refusal(text);
        };
    }

    private static Guard get(String text, EditWords words) {
        String path = words.next("path");
        String comparison = words.next("comparison");
        if (!ORDERS.contains(comparison) && !comparison.equals("=~")) {
            throw refusal(text);
        }
        String operand = words.rest().orElse("");
        if (comparison.equals("=~")) {
            Regex.parse(operand);
        }
        return new Guard(Subject.GET, path, comparison, List.of(operand));
    }

    private static Guard several(Subject subject, String text, EditWords words) {
        String path = words.next("path");
        String comparison = words.next("comparison");
        switch (comparison) {
            case "size":
                String order = words.next("comparison");
                String number = words.rest().orElse("");
                if (!ORDERS.contains(order) || !NUMBER.matcher(number).matches()) {
                    throw refusal(text);
                }
                return new Guard(subject, path, comparison, List.of(order, number));
            case "include", "not_include":
                return new Guard(subject, path, comparison, List.of(words.rest().orElseThrow(() -> refusal(text))));
            case "==", "!=":
                return new Guard(subject, path, comparison, list(words.rest().orElse(""), text));
            default:
                throw refusal(text);
        }
    }

    /** {@code ["a", "b"]}, as Puppet has it. */
    private static List<String> list(String written, String text) {
        if (!written.startsWith("[") || !written.endsWith("]")) {
            throw refusal(text);
        }
        List<String> all = new ArrayList<>();
        EditWords words =
                new EditWords(written.substring(1, written.length() - 1).replaceAll("([\"'])\\s*,", "$1 "));
        for (Optional<String> word = words.optional(); word.isPresent(); word = words.optional()) {
            all.add(word.get());
        }
        return all;
    }

    private static InvalidValueException refusal(String text) {
        return new InvalidValueException("\"" + text + "\" is no condition about a tree.", SYNTAX);
    }

    boolean holds(Tree tree) {
        return switch (subject) {
            case GET -> tree.get(path).filter(this::compares).isPresent();
            case MATCH -> holds(tree.match(path));
            case VALUES ->
                holds(tree.match(path).stream()
                        .flatMap(node -> tree.get(node).stream())
                        .toList());
        };
    }

    private boolean holds(List<String> seen) {
        return switch (comparison) {
            case "size" -> order(operands.get(0)).test(Integer.compare(seen.size(), Integer.parseInt(operands.get(1))));
            case "include" -> seen.contains(operands.get(0));
            case "not_include" -> !seen.contains(operands.get(0));
            case "==" -> seen.equals(operands);
            case "!=" -> !seen.equals(operands);
            default -> throw new IllegalStateException(comparison);
        };
    }

    private boolean compares(String seen) {
        String operand = operands.get(0);
        if (comparison.equals("=~")) {
            return Regex.parse(operand).isIn(seen);
        }
        boolean numbers =
                NUMBER.matcher(seen).matches() && NUMBER.matcher(operand).matches();
        int result =
                numbers ? Integer.compare(Integer.parseInt(seen), Integer.parseInt(operand)) : seen.compareTo(operand);
        return order(comparison).test(result);
    }

    private static IntPredicate order(String symbol) {
        return switch (symbol) {
            case "==" -> result -> result == 0;
            case "!=" -> result -> result != 0;
            case "<" -> result -> result < 0;
            case "<=" -> result -> result <= 0;
            case ">" -> result -> result > 0;
            case ">=" -> result -> result >= 0;
            default -> throw new IllegalStateException(symbol);
        };
    }

    @Override
    public String toString() {
        String words = subject.name().toLowerCase(Locale.ROOT) + " " + path + " " + comparison + " ";
        boolean list = subject != Subject.GET && ORDERS.contains(comparison);
        return words
                + (list
                        ? operands.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", ", "[", "]"))
                        : String.join(" ", operands));
    }
}
