package dev.converge.augeas;

import dev.converge.model.InvalidValueException;

/**
 * How lines with keys and values are written, for {@code setting.awk}: the beginning of that program. These are the kinds of
 * file in which a setting is one line, whose place can be told without the tree of its lens.
 */
enum LineSyntax {
    /** sshd_config(5), ssh_config(5). */
    SSH("""
            BEGIN {
                any_case = 1; first = 1; by_words = 1
                leader = "^[ \\t]*#[ \\t]*"; between = "^[ \\t=]+"; shape = ".*"; separator = " "
                shown_by = "^[ \\t]+[^ ]*$"; block_start = "^[ \\t]*(match|host)[ \\t]"
            }
            """),
    /** {@code key = value}, as in sysctl.conf(5). */
    EQUALS("""
            BEGIN {
                leader = "^[ \\t]*[#;][ \\t]*"; between = "^[ \\t]*=[ \\t]*"; separator = " = "
                shape = "(\\"[^\\"]*\\"|'[^']*'|[^#\\"'][^#]*)?"; shown_by = "^[ \\t]*=|^[ \\t]+[^ ]*$"
            }
            """),
    /** {@code key value}, as in login.defs(5). */
    SPACES("""
            BEGIN {
                leader = "^[ \\t]*#[ \\t]*"; between = "^[ \\t]+"; separator = " "
                shape = ".*"; shown_by = "^[ \\t]*=|^[ \\t]+[^ ]*$"
            }
            """),
    /** {@code key=value} for a shell. */
    SHELL("""
            BEGIN {
                exports = 1
                leader = "^[ \\t]*#[ \\t]*"; between = "^="; separator = "="; shown_by = "^[ \\t]*="
                shape = "\\"([^\\"\\\\\\\\]|\\\\\\\\.)*\\"|'[^']*'|[^ \\t;\\"'`()&|\\\\\\\\]*"
            }
            """);

    private final String program;

    LineSyntax(String program) {
        this.program = program;
    }

    /** @throws InvalidValueException when settings of such files are not lines, or not only */
    static LineSyntax of(LensName lens) {
        return switch (lens.module()) {
            case "Sshd", "Ssh" -> SSH;
            case "Sysctl", "Simplevars" -> EQUALS;
            case "Spacevars", "Login_defs" -> SPACES;
            case "Shellvars" -> SHELL;
            default ->
                throw new InvalidValueException(
                        "Where a setting belongs in a file of the kind " + lens.shown() + " has Augeas to say.",
                        "Declare an iniSetting or a line, or the whole file.");
        };
    }

    /** What the program begins with. */
    String program() {
        return program;
    }
}
