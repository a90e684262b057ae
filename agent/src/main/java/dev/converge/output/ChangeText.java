package dev.converge.output;

import dev.converge.diagnostic.Letters;
import dev.converge.model.Content;
import dev.converge.model.Redactor;
import dev.converge.model.Resource;
import dev.converge.provider.Action;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import dev.converge.provider.FileEdit;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import dev.converge.schema.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A change in words: {@code content, mode 0600 → 0644}, and the lines of its diff. */
final class ChangeText {
    /** Enough to recognise a value, short enough for a line. */
    private static final int LONGEST_VALUE = 60;

    private static final int LONGEST_LINE = 1_000;
    private static final int DIFF_LINES = 300;
    private static final int NEW_FILE_LINES = 30;

    private final TypeRegistry types;
    private final Redactor redactor;
    private final ContentDiff contents;

    ChangeText(TypeRegistry types, Redactor redactor) {
        this.types = types;
        this.redactor = redactor;
        this.contents = new ContentDiff(redactor);
    }

    static char sign(Change<?> change) {
        return switch (change.action()) {
            case CREATE -> '+';
            case UPDATE -> '~';
            case DELETE -> '-';
        };
    }

    /**
     * A change in one line.
     *
     * @param would whether it is only foreseen
     * @param again whether it puts right what something else did to the host
     */
    <R extends Resource> String summary(Change<R> change, boolean would, boolean again) {
        return switch (change.action()) {
            case CREATE -> {
                String done =
                        types.find(change.id().type()).map(TypeSchema::creation).orElse("created");
                String given = attributes(change);
                yield (would ? "would be " : "")
                        + done
                        + (again ? " again" : "")
                        + (given.isEmpty() ? "" : ": " + given);
            }
            case UPDATE -> updated(change, would, again);
            case DELETE -> (would ? "would be " : "") + "removed" + (again ? " again" : "");
        };
    }

    private String updated(Change<?> change, boolean would, boolean again) {
        if (!change.recreates()) {
            String done = again ? "corrected: " : "";
            return (would ? again ? "would correct " : "would change " : done) + attributes(change);
        }
        Map<Boolean, List<AttributeChange>> forcing = change.attributes().stream()
                .collect(Collectors.partitioningBy(one -> one.attribute().recreates()));
        String others = attributes(forcing.get(false));
        return (would ? "would be " : "") + "recreated " + (again ? "again " : "") + "for "
                + attributes(forcing.get(true)) + (others.isEmpty() ? "" : "; also " + others);
    }

    private String attributes(Change<?> change) {
        return attributes(change.attributes());
    }

    private String attributes(List<AttributeChange> changes) {
        return changes.stream().map(this::attribute).collect(Collectors.joining(", "));
    }

    private String attribute(AttributeChange change) {
        String name = change.attribute().name();
        Object after = change.after();
        if (after instanceof Content || isSensitive(change)) {
            return name;
        }
        String shown = shorten(after);
        if (change.before().isEmpty()) {
            return shown.isEmpty() ? name : name + " " + shown;
        }
        String seen = shorten(change.before().get());
        return name + " " + (seen.isEmpty() ? "none" : seen) + " → " + (shown.isEmpty() ? "none" : shown);
    }

    static boolean isSensitive(AttributeChange change) {
        return Values.isSensitive(change.after())
                || change.before().filter(Values::isSensitive).isPresent();
    }

    private String shorten(Object value) {
        String text = Letters.visible(redactor.redact(Values.display(value))).replace('\n', ' ');
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…";
    }

    /** The diff of the attribute that is a file's content, and of files changed in part, cut to what a person reads. */
    List<String> diff(Change<?> change) {
        int limit = change.action() == Action.CREATE && change.edits().isEmpty() ? NEW_FILE_LINES : DIFF_LINES;
        // A diff of the file shows what a diff of the part alone would show again.
        List<String> all = new ArrayList<>(change.edits().isEmpty() ? wholeDiff(change) : List.of());
        for (FileEdit edit : change.edits()) {
            all.add("in " + Letters.visible(edit.path().toString()) + ":");
            all.addAll(lines(edit));
        }
        List<String> lines = all.stream().map(ChangeText::cut).toList();
        if (lines.size() <= limit) {
            return lines;
        }
        List<String> cut = new ArrayList<>(lines.subList(0, limit));
        cut.add("… " + Figures.count(lines.size() - limit, "more line"));
        return cut;
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE
                ? line
                : line.substring(0, LONGEST_LINE) + "… " + Figures.count(line.length() - LONGEST_LINE, "more letter");
    }

    List<String> lines(FileEdit edit) {
        return contents.lines(edit.before(), edit.after().orElse(Content.of("")));
    }

    List<String> wholeDiff(Change<?> change) {
        List<String> lines = new ArrayList<>();
        for (AttributeChange attribute : change.attributes()) {
            if (attribute.after() instanceof Content after) {
                Optional<Content> before = attribute.before().map(Content.class::cast);
                lines.addAll(contents.lines(before, after));
            }
        }
        return lines;
    }
}
