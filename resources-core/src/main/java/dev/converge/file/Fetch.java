package dev.converge.file;

import dev.converge.firstboot.Quoted;
import java.nio.file.Path;
import java.util.Locale;

/** Lines of sh(1) that bring a file from the network, or from another place on the machine. */
public final class Fetch {
    private Fetch() {}

    /** Fetches a file, verifies it, and puts it in place in one step. @param check what verifies {@code "$draft"}; empty for nothing */
    static String into(Path path, String address, String check) {
        String url = Quoted.word(address);
        return placed(
                path,
                "if command -v curl > /dev/null; then curl -fsSL --retry 3 -o \"$draft\" -- " + url
                        + "; else wget -q -O \"$draft\" -- " + url + "; fi",
                check);
    }

    static String copied(Path path, Path from, String check) {
        return placed(path, "cat -- " + Quoted.word(from.toString()) + " > \"$draft\"", check);
    }

    private static String placed(Path path, String brought, String check) {
        String file = Quoted.word(path.toString());
        return "set -e\n"
                + "file=" + file + "\n"
                + "[ ! -L \"$file\" ] || file=$(readlink -f -- \"$file\")\n"
                + "draft=$(mktemp \"$file.XXXXXX\")\n"
                + "trap 'rm -f -- \"$draft\"' EXIT\n"
                + brought + "\n"
                + (check.isEmpty() ? "" : check + "\n")
                + "if [ -f \"$file\" ]; then\n"
                + "    chown -- \"$(stat -c %u:%g -- \"$file\")\" \"$draft\"\n"
                + "    chmod -- \"$(stat -c %a -- \"$file\")\" \"$draft\"\n"
                + "else\n"
                + "    chmod 0644 \"$draft\"\n"
                + "fi\n"
                + "mv -f -- \"$draft\" \"$file\"";
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
