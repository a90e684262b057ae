package dev.converge.textedit;

import dev.converge.filesystem.TextFile;
import dev.converge.filesystem.Validation;
import dev.converge.provider.ResourceFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One line in a file, or each that an expression finds. */
record LinePart(LineResource desired) implements FilePart<LineResource> {
    @Override
    public Path file() {
        return desired.name().file();
    }

    @Override
    public boolean mayCreate() {
        return desired.create();
    }

    @Override
    public Validation validation() {
        return desired.validation();
    }

    @Override
    public boolean isSensitive() {
        return desired.wanted().isSensitive();
    }

    /** The first line that is not yet as it shall be; the line itself when each is. */
    @Override
    public Optional<LineResource> in(String text) {
        return in(Lines.of(text));
    }

    @Override
    public Optional<LineResource> in(TextFile file) {
        Lines lines = file.parsed(Lines.class, Lines::of);
        return in(lines);
    }

    private Optional<LineResource> in(Lines lines) {
        List<Integer> found = found(lines);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> others = others(lines, found);
        return Optional.of(others.isEmpty() ? desired.seen(wanted()) : desired.seen(lines.get(others.get(0))));
    }

    @Override
    public void check(String text) {
        Lines lines = Lines.of(text);
        List<Integer> found = found(lines);
        if (found.size() > 1 && !desired.all() && !others(lines, found).isEmpty()) {
            throw ambiguous(found);
        }
    }

    @Override
    public String with(String text) {
        Lines lines = Lines.of(text);
        List<Integer> found = found(lines);
        if (found.isEmpty()) {
            int place = new Place(desired.after(), desired.before()).in(lines);
            return lines.insert(place, List.of(wanted())).toString();
        }
        for (int index : found) {
            lines = lines.replace(index, wanted());
        }
        return lines.toString();
    }

    @Override
    public String without(String text) {
        Lines lines = Lines.of(text);
        return lines.without(found(lines)).toString();
    }

    private String wanted() {
        return desired.wanted().reveal();
    }

    private List<Integer> found(Lines lines) {
        if (desired.match().isEmpty()) {
            return lines.indexesOf(wanted());
        }
        Regex match = desired.match().get();
        return IntStream.range(0, lines.size())
                .filter(i -> match.isIn(lines.get(i)))
                .boxed()
                .toList();
    }

    private List<Integer> others(Lines lines, List<Integer> found) {
        return found.stream()
                .filter(index -> !lines.get(index).equals(wanted()))
                .toList();
    }

    private ResourceFailure ambiguous(List<Integer> found) {
        String numbers =
                found.stream().map(index -> Integer.toString(index + 1)).collect(Collectors.joining(", "));
        return new ResourceFailure(
                "In " + file() + ", \"match\" finds the lines " + numbers + "; only one can become this line.",
                "Make match narrower, or give all true to replace each of them.");
    }
}
