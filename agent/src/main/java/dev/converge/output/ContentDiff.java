package dev.converge.output;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import dev.converge.model.Content;
import dev.converge.model.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What changes in a file, as a unified diff without file headers; or, where a diff cannot or must not be shown, a line
 * that says why.
 */
final class ContentDiff {
    private static final int CONTEXT = 3;

    /** More lines than this would keep the run waiting: comparing takes time in the square of what differs. */
    private static final int COMPARED_LINES = 10_000;

    private static final String NO_NEWLINE = "\\ No newline at end of file";

    private final Redactor redactor;

    ContentDiff(Redactor redactor) {
        this.redactor = redactor;
    }

    /** @param before empty for a new file */
    List<String> lines(Optional<Content> before, Content after) {
        if (after.isSensitive() || before.filter(Content::isSensitive).isPresent()) {
            return List.of("content changed (not shown: sensitive)");
        }
        Optional<String> old = before.map(Content::text).orElse(Optional.of(""));
        Optional<String> now = after.text();
        if (old.isEmpty() || now.isEmpty()) {
            return List.of(notText(before, after));
        }
        return unified(redactor.redact(old.get()), redactor.redact(now.get()));
    }

    private static String notText(Optional<Content> before, Content after) {
        long largest = Math.max(before.map(Content::size).orElse(0L), after.size());
        String what = largest > Content.SHOWN_BYTES ? "long files differ" : "binary files differ";
        if (before.isEmpty()) {
            what = largest > Content.SHOWN_BYTES ? "long file" : "binary file";
        }
        String from =
                before.map(content -> Figures.size(content.size()) + " → ").orElse("");
        return what + " (" + from + Figures.size(after.size()) + ")";
    }

    private static List<String> unified(String before, String after) {
        List<String> old = split(before);
        List<String> now = split(after);
        if (old.equals(now)) {
            return before.isEmpty() ? List.of() : List.of("content changed (not shown: sensitive)");
        }
        if (old.size() + now.size() - 2 * common(old, now) > COMPARED_LINES) {
            return List.of("content replaced (" + Figures.count(old.size(), "line") + " → "
                    + Figures.count(now.size(), "line") + ")");
        }
        Patch<String> patch = DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>());
        List<String> printed = UnifiedDiffUtils.generateUnifiedDiff("", "", old, patch, CONTEXT);
        List<String> lines = new ArrayList<>(printed.size());
        for (String line : printed.subList(2, printed.size())) {
            if (line.startsWith("@@")) {
                lines.add(line);
            } else if (line.endsWith("\n")) {
                lines.add(Style.visible(line.substring(0, line.length() - 1)));
            } else {
                lines.add(Style.visible(line));
                lines.add(NO_NEWLINE);
            }
        }
        return lines;
    }

    /** How many lines the texts share at their beginning and at their end. */
    private static int common(List<String> a, List<String> b) {
        int shorter = Math.min(a.size(), b.size());
        int head = 0;
        while (head < shorter && a.get(head).equals(b.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && a.get(a.size() - 1 - tail).equals(b.get(b.size() - 1 - tail))) {
            tail++;
        }
        return head + tail;
    }

    /** Lines with their line ends, so that a last line without one differs from the same line with one. */
    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(from, next));
            from = next;
        }
        return lines;
    }
}
