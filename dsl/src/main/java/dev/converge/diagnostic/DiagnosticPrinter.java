package dev.converge.diagnostic;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Prints diagnostics for people: place, summary, the source line with a caret, detail, advice, related places. */
public final class DiagnosticPrinter {
    private final Function<String, Optional<List<String>>> lines;
    private final boolean color;

    /**
     * @param lines the lines of a file that a {@link SourceRange} names, when it can be read
     * @param color whether to use ANSI colours
     */
    public DiagnosticPrinter(Function<String, Optional<List<String>>> lines, boolean color) {
        this.lines = lines;
        this.color = color;
    }

    public String print(List<Diagnostic> diagnostics) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            print(diagnostic, out);
            out.append('\n');
        }
        return out.toString();
    }

    private void print(Diagnostic diagnostic, StringBuilder out) {
        String label = diagnostic.isError() ? paint("1;31", "error") : paint("1;33", "warning");
        out.append(label).append(": ").append(paint("1", diagnostic.summary()));
        diagnostic.at().ifPresent(at -> {
            out.append("\n  ").append(paint("36", "at " + Letters.oneLine(at.toString())));
            excerpt(at, out);
        });
        if (!diagnostic.detail().isEmpty()) {
            out.append("\n  ").append(Letters.visible(diagnostic.detail()).replace("\n", "\n  "));
        }
        diagnostic.suggestion().ifPresent(advice -> out.append("\n  ").append(paint("32", Letters.visible(advice))));
        for (Related related : diagnostic.related()) {
            out.append("\n  - ").append(Letters.visible(related.message()));
            related.at().ifPresent(at -> {
                out.append(" at ").append(Letters.oneLine(at.toString()));
                excerpt(at, out);
            });
        }
        out.append('\n');
    }

    private void excerpt(SourceRange at, StringBuilder out) {
        Optional<String> source = lines.apply(at.file())
                .filter(all -> at.line() >= 1 && at.line() <= all.size())
                .map(all -> all.get(at.line() - 1));
        if (source.isEmpty()) {
            return;
        }
        String number = String.valueOf(at.line());
        String line = SecretLiterals.hidden(source.get());
        out.append("\n   ").append(paint("2", number + " | ")).append(Letters.visible(line.replace('\t', ' ')));
        int from = Math.max(0, Math.min(at.column() - 1, line.length()));
        int to = at.endLine() == at.line() ? Math.min(at.endColumn() - 1, line.length()) : line.length();
        String gap = " ".repeat(number.length()) + " | " + " ".repeat(from);
        out.append("\n   ").append(paint("2", gap)).append(paint("31", "^" + "~".repeat(Math.max(0, to - from - 1))));
    }

    private String paint(String style, String text) {
        return color ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }
}
