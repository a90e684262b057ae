package dev.converge.cli;

import dev.converge.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command line that was understood. Parsed by hand: on one core, the class loading of an option library costs a
 * third of a whole run; see {@code docs/adr/0004-command-line-by-hand.md}.
 *
 * @param command what to do
 * @param options what was asked for, with its value; empty text for a switch
 * @param operands everything else, in order
 */
record Arguments(CommandName command, Map<Option, String> options, List<String> operands) {

    /** @throws Failure when it cannot be followed */
    static Arguments parse(List<String> words) {
        Parser parser = new Parser(words);
        parser.read();
        return parser.arguments();
    }

    boolean has(Option option) {
        return options.containsKey(option);
    }

    Optional<String> value(Option option) {
        return Optional.ofNullable(options.get(option));
    }

    /** The value of an option that is one of the words of its form, such as {@code text|json}; else the first of them. */
    String choice(Option option) {
        List<String> choices = List.of(option.value().split("\\|"));
        String chosen = options.getOrDefault(option, choices.get(0));
        if (!choices.contains(chosen)) {
            throw Failure.usage(
                    "Bad option",
                    option.word() + " takes " + String.join(" or ", choices) + ", not \"" + chosen + "\".",
                    Suggestions.didYouMean(chosen, choices).orElse("Try converge --help."));
        }
        return chosen;
    }

    Optional<String> operand(int index) {
        return index < operands.size() ? Optional.of(operands.get(index)) : Optional.empty();
    }

    private static final class Parser {
        private final List<String> words;
        private final Map<Option, String> options = new EnumMap<>(Option.class);
        private final List<String> operands = new ArrayList<>();
        private CommandName command = CommandName.CONVERGE;
        private int at;

        Parser(List<String> words) {
            this.words = words;
        }

        void read() {
            boolean onlyOperands = false;
            while (at < words.size()) {
                String word = words.get(at++);
                if (onlyOperands || !word.startsWith("-") || word.equals("-")) {
                    operand(word);
                } else if (word.equals("--")) {
                    onlyOperands = true;
                } else {
                    option(word.equals("-h") ? Option.HELP.word() : word);
                }
            }
        }

        private void operand(String word) {
            Optional<CommandName> named = CommandName.of(word);
            if (operands.isEmpty() && command == CommandName.CONVERGE && named.isPresent()) {
                command = named.get();
                return;
            }
            operands.add(word);
        }

        private void option(String word) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Option option = Option.of(name).orElseThrow(() -> unknown(name));
            if (option.isSwitch() && equals >= 0) {
                throw Failure.usage("Bad option", name + " takes no value.", "Write " + name + " alone.");
            }
            String value = "";
            if (!option.isSwitch()) {
                value = equals >= 0 ? word.substring(equals + 1) : next(option);
            }
            options.put(option, value);
        }

        /** Never the next option: {@code --tags --dry-run site} would become a live run. */
        private String next(Option option) {
            if (at == words.size() || words.get(at).startsWith("--")) {
                throw Failure.usage(
                        "Bad option",
                        option.word() + " needs a value.",
                        "Write " + option.word() + " " + option.value() + ".");
            }
            return words.get(at++);
        }

        private Failure unknown(String name) {
            List<String> known = command.options().stream().map(Option::word).toList();
            return Failure.usage(
                    "Unknown option",
                    command.spelling() + " has no option \"" + name + "\".",
                    Suggestions.didYouMean(name, known).orElse("Try " + command.spelling() + " --help."));
        }

        Arguments arguments() {
            if (!options.containsKey(Option.HELP) && !options.containsKey(Option.VERSION)) {
                check();
            }
            return new Arguments(command, options, List.copyOf(operands));
        }

        private void check() {
            for (Option option : options.keySet()) {
                if (!command.options().contains(option)) {
                    throw unknown(option.word());
                }
            }
            int allowed = command.operands().size();
            if (operands.size() > allowed) {
                throw Failure.usage(
                        "Too many arguments",
                        "\"" + operands.get(allowed) + "\" is one too many for " + command.spelling() + ".",
                        "Try " + command.spelling() + " --help.");
            }
            if (operands.size() < command.required()) {
                String missing = command.operands().get(operands.size());
                throw Failure.usage(
                        "Missing argument",
                        command.spelling() + " needs " + missing + ".",
                        command == CommandName.CONVERGE
                                ? "Name a manifest or a site: converge --dry-run site.groovy; or try converge --help."
                                : "Try " + command.spelling() + " --help.");
            }
        }
    }
}
