package dev.converge.cli;

import dev.converge.diagnostic.Suggestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line in the words of every other diagnostic, and what to write instead. */
final class Misuse {
    private Misuse() {}

    /** @param words the whole command line */
    static Failure of(ParameterException thrown, List<String> words) {
        CommandName command = CommandName.of(thrown.getCommandLine().getCommandSpec());
        if (thrown instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            return unmatched.isUnknownOption() ? unknown(name(word), command) : tooMany(word, command, words);
        }
        if (thrown instanceof MissingParameterException missing) {
            ArgSpec first = missing.getMissing().get(0);
            return option(first, command).map(Misuse::needsValue).orElseGet(() -> missing(command, first.paramLabel()));
        }
        return option(thrown.getArgSpec(), command)
                .map(option -> badValue(option, thrown.getValue(), command))
                .orElseGet(() -> Failure.usage("Bad option", sentence(thrown.getMessage()), tryHelp(command)));
    }

    static Failure unknown(String name, CommandName command) {
        List<String> known = command.options().stream().map(Option::word).toList();
        return Failure.usage(
                "Unknown option",
                command.spelling() + " has no option \"" + name + "\".",
                Suggestions.didYouMean(name, known).orElse(tryHelp(command)));
    }

    static Failure tooMany(String operand, CommandName command) {
        return tooMany(operand, command, List.of());
    }

    /** A command that is spelt wrong is taken for a site, and what follows it is then too much. */
    private static Failure tooMany(String operand, CommandName command, List<String> words) {
        Optional<String> meant = words.stream()
                .filter(word -> command == CommandName.CONVERGE && !Files.exists(Path.of(word)))
                .flatMap(word -> Suggestions.nearest(word, CommandName.words()).stream())
                .findFirst();
        return Failure.usage(
                "Too many arguments",
                "\"" + operand + "\" is one too many for " + command.spelling() + ".",
                meant.map(word -> "Did you mean \"converge " + word + "\"?").orElse(tryHelp(command)));
    }

    static Failure missing(CommandName command, String label) {
        return Failure.usage(
                "Missing argument",
                command.spelling() + " needs " + label + ".",
                command == CommandName.CONVERGE
                        ? "Name a manifest or a site: converge --dry-run site.groovy; or try converge --help."
                        : tryHelp(command));
    }

    private static Failure needsValue(Option option) {
        return Failure.usage(
                "Bad option", option.word() + " needs a value.", "Write " + option.word() + " " + option.value() + ".");
    }

    static Failure badValue(Option option, String given, CommandName command) {
        if (option.value().isEmpty()) {
            return Failure.usage(
                    "Bad option", option.word() + " takes no value.", "Write " + option.word() + " alone.");
        }
        return Failure.usage(
                "Bad option",
                option.word() + " takes " + oneOf(option.choices()) + ", not \"" + given + "\".",
                Suggestions.didYouMean(given, option.choices()).orElse(tryHelp(command)));
    }

    private static String tryHelp(CommandName command) {
        return "Try " + command.spelling() + " --help.";
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String name(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    /** {@code text, json or junit}. */
    private static String oneOf(List<String> words) {
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static Optional<Option> option(ArgSpec spec, CommandName command) {
        return spec instanceof OptionSpec option ? command.option(option.longestName()) : Optional.empty();
    }
}
