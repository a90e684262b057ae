package dev.converge.cli;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * A command line that was understood.
 *
 * @param command what to do
 * @param options what was asked for, with its value; empty text for a switch
 * @param operands everything else, in order
 */
record Arguments(CommandName command, Map<Option, String> options, List<String> operands) {

    /** @throws Failure when it cannot be followed */
    static Arguments parse(List<String> words) {
        CommandLine line = new CommandLine(CommandName.grammar(words));
        try {
            return of(line.parseArgs(words.toArray(String[]::new)));
        } catch (ParameterException e) {
            throw Misuse.of(e, words);
        }
    }

    /** Options may stand before the command's word too. */
    private static Arguments of(ParseResult whole) {
        ParseResult part = whole.hasSubcommand() ? whole.subcommand() : whole;
        CommandName command = CommandName.of(part.commandSpec());
        Map<Option, String> options = new EnumMap<>(Option.class);
        collect(whole, command, options);
        collect(part, command, options);
        boolean asking = options.containsKey(Option.HELP) || options.containsKey(Option.VERSION);
        if (!asking) {
            check(whole, command, options);
        }
        return new Arguments(command, options, operands(part));
    }

    /** A word that stands before the command's is the command's own option of that word, with its own values. */
    private static void collect(ParseResult from, CommandName command, Map<Option, String> options) {
        for (Option option : CommandName.of(from.commandSpec()).options()) {
            if (from.hasMatchedOption(option.word())) {
                String value = option.value().isEmpty() ? "" : from.matchedOptionValue(option.word(), "");
                Option own = command.option(option.word()).orElse(option);
                if (!own.takes(value)) {
                    throw Misuse.badValue(own, value, command);
                }
                options.put(own, value);
            }
        }
    }

    private static List<String> operands(ParseResult from) {
        return from.matchedPositionals().stream()
                .map(operand -> operand.<String>getValue())
                .toList();
    }

    /** What picocli leaves open: it lets the run's own options and operand stand before any command. */
    private static void check(ParseResult whole, CommandName command, Map<Option, String> options) {
        for (Option option : options.keySet()) {
            if (!command.options().contains(option)) {
                throw Misuse.unknown(option.word(), command);
            }
        }
        boolean place = whole.hasMatchedPositional(0);
        if (command != CommandName.CONVERGE && place) {
            throw Misuse.tooMany(whole.matchedPositionalValue(0, ""), command);
        }
    }

    /** What was asked for, as one could type it again. */
    String line() {
        StringJoiner line = new StringJoiner(" ");
        line.add(command.spelling());
        options.forEach(
                (option, value) -> line.add(option.word() + (option.value().isEmpty() ? "" : " " + quoted(value))));
        operands.forEach(operand -> line.add(quoted(operand)));
        return line.toString();
    }

    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    boolean has(Option option) {
        return options.containsKey(option);
    }

    Optional<String> value(Option option) {
        return Optional.ofNullable(options.get(option));
    }

    /** The value of an option that is one of a few words; the first of them when it was left out. */
    String choice(Option option) {
        return value(option).orElseGet(() -> option.choices().get(0));
    }

    Optional<String> operand(int index) {
        return index < operands.size() ? Optional.of(operands.get(index)) : Optional.empty();
    }
}
