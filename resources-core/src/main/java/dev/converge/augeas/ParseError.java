package dev.converge.augeas;

import dev.converge.provider.ResourceFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Why a lens could not parse a file's text: libaugeas's words, and the line that they are about. */
final class ParseError {
    private static final int LONGEST_LINE = 120;

    private final Handle library;
    private final Path file;
    private final LensName lens;
    private final List<String> lines;

    ParseError(Handle library, Path file, LensName lens, String text) {
        this.library = library;
        this.file = file;
        this.lens = lens;
        this.lines = text.lines().toList();
    }

    ResourceFailure failure() {
        String message = detail("message").orElse("it does not say why");
        int line = number("line");
        int column = number("char") + 1;
        String shown = line >= 1 && line <= lines.size() ? "\n" + line(line, column) : "";
        return new ResourceFailure(
                file + " is not as the lens " + lens.shown() + " expects it at line " + line + ", column " + column
                        + ": " + message + "." + shown,
                "Correct the file there, or give the lens that fits it. The file stays as it is.");
    }

    private String line(int number, int column) {
        String text = lines.get(number - 1).replace('\t', ' ');
        if (text.length() > LONGEST_LINE) {
            text = text.substring(0, LONGEST_LINE - 1) + "…";
        }
        String margin = "  " + number + " | ";
        boolean pointed = column <= text.length() + 1;
        return margin + text + (pointed ? "\n" + " ".repeat(margin.length() + column - 1) + "^" : "");
    }

    private int number(String name) {
        return detail(name).map(Integer::parseInt).orElse(0);
    }

    private Optional<String> detail(String name) {
        return library.match("/augeas/text//error/" + name).stream().findFirst().flatMap(library::get);
    }
}
