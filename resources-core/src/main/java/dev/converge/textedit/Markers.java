package dev.converge.textedit;

import dev.converge.provider.ResourceFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The two comments around a block. */
record Markers(BlockName name, CommentStyle comment) {
    private static final String BEGIN = "BEGIN converge: ";
    private static final String END = "END converge: ";

    /** The indexes of both markers' lines. */
    record Span(int begin, int end) {}

    String begin() {
        return comment.comment(BEGIN + name.label());
    }

    String end() {
        return comment.comment(END + name.label());
    }

    /** Whether a text has a marker in it, of this block or of another one. */
    boolean isMarked(String text) {
        return Lines.of(text).texts().stream().anyMatch(this::isMarker);
    }

    private boolean isMarker(String line) {
        String open = comment.open() + " ";
        return line.strip().startsWith(open + BEGIN) || line.strip().startsWith(open + END);
    }

    /**
     * Where the block is; empty when neither marker is there.
     *
     * @throws ResourceFailure when they are not exactly one pair: which lines are the block's cannot be told
     */
    Optional<Span> in(Lines lines) {
        List<Integer> begins = indexes(lines, begin());
        List<Integer> ends = indexes(lines, end());
        if (begins.isEmpty() && ends.isEmpty()) {
            return Optional.empty();
        }
        if (begins.size() != 1 || ends.size() != 1) {
            throw broken("there are " + begins.size() + " lines \"" + begin() + "\" and " + ends.size() + " lines \""
                    + end() + "\"");
        }
        Span span = new Span(begins.get(0), ends.get(0));
        if (span.end() < span.begin()) {
            throw broken("its end stands before its beginning");
        }
        if (lines.texts(span.begin() + 1, span.end()).stream().anyMatch(this::isMarker)) {
            throw broken("another block's marker is inside it");
        }
        return Optional.of(span);
    }

    private static List<Integer> indexes(Lines lines, String marker) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains(marker)) // nearly always not, and quicker to tell
                .filter(i -> lines.get(i).strip().equals(marker))
                .boxed()
                .toList();
    }

    private ResourceFailure broken(String how) {
        return new ResourceFailure(
                "The markers of the block \"" + name.label() + "\" in " + name.file() + " are broken: " + how + ".",
                "Put them right, or remove both and the lines between them; the next run writes the block anew.");
    }
}
