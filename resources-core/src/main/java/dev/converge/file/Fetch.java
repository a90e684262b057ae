package dev.converge.file;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step.RewriteFile;
import dev.converge.firstboot.Step.RunCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lines of sh(1) that bring a file from the network, or from another place on the machine. */
public final class Fetch {
    private Fetch() {}

    /** The content of a source takes a file's place once it is verified. @param check what verifies {@code "$draft"}; empty for nothing */
    static RewriteFile into(Path path, Source source, String check, Guard guard) {
        String program = "set -e\n"
                + "draft=$(mktemp)\n"
                + "trap 'rm -f -- \"$draft\"' EXIT\n"
                + draft(source, check) + "\n"
                + "cat -- \"$draft\"";
        return new RewriteFile(path, RunCommand.shell(program, guard), Optional.of("0644"), List.of());
    }

    /** Verifies {@code "$draft"}. */
    public static String check(Checksum sum) {
        return "echo '" + sum.hex() + "  '\"$draft\" | " + program(sum) + " -c - > /dev/null";
    }

    static String isThere(Path path, Checksum sum) {
        return "[ \"$(" + program(sum) + " < " + Quoted.word(path.toString()) + " | cut -d' ' -f1)\" = " + sum.hex()
                + " ]";
    }

    private static String program(Checksum sum) {
        return sum.algorithm().toLowerCase(Locale.ROOT).replace("-", "") + "sum";
    }

    /** Fetches or copies an archive into {@code "$draft"}, and verifies it. */
    public static String draft(Source source, String check) {
        String url = Quoted.word(source.address());
        String brought = source.isRemote()
                ? "if command -v curl > /dev/null; then curl -fsSL --retry 3 -o \"$draft\" -- " + url
                        + "; else wget -q -O \"$draft\" -- " + url + "; fi"
                : "cat -- " + url + " > \"$draft\"";
        return check.isEmpty() ? brought : brought + "\n" + check;
    }
}
