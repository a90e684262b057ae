package dev.converge.output;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import dev.converge.diagnostic.Letters;
import dev.converge.model.Content;
import dev.converge.model.Redactor;
import dev.converge.provider.ResourceFailure;
import java.io.UncheckedIOException;
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
        if (after instanceof KeptContent kept) {
            return kept.diff();
        }
        try {
            return readable(before, after);
        } catch (UncheckedIOException | ResourceFailure e) {
            // The change is made or foreseen all the same: a diff is worth no failed run.
            return List.of(
                    "content changed (cannot be shown: " + redactor.redact(String.valueOf(e.getMessage())) + ")");
        }
    }

    private List<String> readable(Optional<Content> before, Content after) {
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
        String from = before.map(content -> size(content) + " → ").orElse("");
        return what + " (" + from + size(after) + ")";
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
        return hunks(printed.subList(2, printed.size()));
    }

    /** The library puts what is new before what is old, and begins an empty side at line 1: not what patch(1) reads. */
    private static List<String> hunks(List<String> printed) {
        List<String> lines = new ArrayList<>(printed.size());
        List<String> added = new ArrayList<>();
        for (String line : printed) {
            if (line.startsWith("+")) {
                added.add(line);
            } else if (line.startsWith("-")) {
                add(line, lines);
            } else {
                added.forEach(late -> add(late, lines));
                added.clear();
                add(line.startsWith("@@") ? line.replace("-1,0 ", "-0,0 ").replace("+1,0 ", "+0,0 ") : line, lines);
            }
        }
        added.forEach(late -> add(late, lines));
        return lines;
    }

    private static void add(String line, List<String> lines) {
        boolean ends = line.endsWith("\n");
        lines.add(Letters.visible(ends ? line.substring(0, line.length() - 1) : line));
        if (!ends && !line.startsWith("@@")) {
            lines.add(NO_NEWLINE);
        }
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

    /** What is on the network has no size before it is fetched. */
    private static String size(Content content) {
        return content.size() < 0 ? "size not known yet" : Figures.size(content.size());
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
