package dev.converge.cli;

import java.util.List;

/** What {@code --help} prints. */
final class Help {
    private static final String EXIT_CODES = """

            Exit codes:
              0  done, or already in sync
              1  wrong usage, or a manifest that does not compile
              2  something would change (--dry-run) or was changed (--detailed-exitcode)
              4  some resources failed
              6  both
            """;

    private Help() {}

    static String of(CommandName command) {
        StringBuilder out =
                new StringBuilder("Usage: ").append(command.spelling()).append(" [options]");
        for (int i = 0; i < command.operands().size(); i++) {
            String operand = command.operands().get(i);
            out.append(i < command.required() ? " " + operand : " [" + operand + "]");
        }
        out.append("\n\n  ").append(sentence(command.meaning())).append('\n');
        if (command == CommandName.CONVERGE) {
            commands(out);
        }
        options(command.options(), out);
        if (command == CommandName.CONVERGE) {
            out.append(EXIT_CODES);
        }
        return out.toString();
    }

    private static void commands(StringBuilder out) {
        out.append("\nOther commands:\n");
        for (CommandName command : CommandName.values()) {
            if (!command.word().isEmpty()) {
                row(command.word() + " " + String.join(" ", command.operands()), command.meaning(), 40, out);
            }
        }
    }

    private static void options(List<Option> options, StringBuilder out) {
        out.append("\nOptions:\n");
        for (Option option : options) {
            row(option.word() + (option.isSwitch() ? "" : " " + option.value()), option.meaning(), 24, out);
        }
    }

    private static void row(String left, String right, int width, StringBuilder out) {
        out.append("  ").append(left).append(" ".repeat(Math.max(2, width - left.length())));
        out.append(right).append('\n');
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
