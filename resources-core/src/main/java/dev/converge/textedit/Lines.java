package dev.converge.textedit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A text as its lines, each with the line end that it has: what no edit names stays as it is, byte for byte. New lines
 * end as the first line of the text does.
 */
public final class Lines {
    private record Line(String text, String end) {}

    private final List<Line> lines;
    private Map<String, List<Integer>> places;

    private Lines(List<Line> lines) {
        this.lines = lines;
    }

    public static Lines of(String text) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int next = feed < 0 ? text.length() : feed + 1;
            int end = feed < 0 ? text.length() : feed;
            if (feed > start && text.charAt(feed - 1) == '\r') {
                end--;
            }
            lines.add(new Line(text.substring(start, end), text.substring(end, next)));
            start = next;
        }
        return new Lines(lines);
    }

    public int size() {
        return lines.size();
    }

    /** A line without its end. */
    public String get(int index) {
        return lines.get(index).text();
    }

    /** The lines from one to before another, without their ends. */
    public List<String> texts(int from, int to) {
        return lines.subList(from, to).stream().map(Line::text).toList();
    }

    public List<String> texts() {
        return texts(0, size());
    }

    /** Where a text is a whole line; a thousand may be asked for, one by one. */
    synchronized List<Integer> indexesOf(String text) {
        if (places == null) {
            places = new HashMap<>();
            for (int i = 0; i < size(); i++) {
                places.computeIfAbsent(get(i), ignored -> new ArrayList<>(1)).add(i);
            }
        }
        return List.copyOf(places.getOrDefault(text, List.of()));
    }

    /** The same with another text for one line, which keeps its end. */
    public Lines replace(int index, String text) {
        List<Line> edited = new ArrayList<>(lines);
        edited.set(index, new Line(text, lines.get(index).end()));
        return new Lines(edited);
    }

    /** The same with new lines before a line, or at the end when the index is the size. */
    public Lines insert(int index, List<String> texts) {
        String end = newEnd();
        List<Line> edited = new ArrayList<>(lines);
        if (index == size() && index > 0 && lines.get(index - 1).end().isEmpty()) {
            edited.set(index - 1, new Line(lines.get(index - 1).text(), end));
        }
        edited.addAll(index, texts.stream().map(text -> new Line(text, end)).toList());
        return new Lines(edited);
    }

    /** The same without the lines from one to before another. */
    public Lines remove(int from, int to) {
        List<Line> edited = new ArrayList<>(lines);
        edited.subList(from, to).clear();
        return new Lines(edited);
    }

    /** The same without the lines of some numbers. */
    public Lines without(Collection<Integer> gone) {
        Set<Integer> numbers = new HashSet<>(gone);
        List<Line> left = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!numbers.contains(i)) {
                left.add(lines.get(i));
            }
        }
        return new Lines(left);
    }

    private String newEnd() {
        return lines.isEmpty() || lines.get(0).end().isEmpty()
                ? "\n"
                : lines.get(0).end();
    }

    /** The whole text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append(line.end()));
        return text.toString();
    }
}
