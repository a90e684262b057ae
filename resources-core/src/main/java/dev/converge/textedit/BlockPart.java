package dev.converge.textedit;

import dev.converge.filesystem.TextFile;
import dev.converge.filesystem.Validation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines between two markers. */
record BlockPart(BlockResource desired) implements FilePart<BlockResource> {
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
        return desired.content().isSensitive();
    }

    @Override
    public Optional<BlockResource> in(String text) {
        return in(Lines.of(text));
    }

    @Override
    public Optional<BlockResource> in(TextFile file) {
        Lines lines = file.parsed(Lines.class, Lines::of);
        return in(lines);
    }

    private Optional<BlockResource> in(Lines lines) {
        return markers().in(lines).map(span -> {
            StringBuilder found = new StringBuilder();
            lines.texts(span.begin() + 1, span.end())
                    .forEach(line -> found.append(line).append('\n'));
            return desired.seen(found.toString());
        });
    }

    @Override
    public String with(String text) {
        Lines lines = Lines.of(text);
        List<String> content = Lines.of(desired.wanted()).texts();
        Optional<Markers.Span> span = markers().in(lines);
        if (span.isPresent()) {
            int first = span.get().begin() + 1;
            return lines.remove(first, span.get().end()).insert(first, content).toString();
        }
        List<String> block = new ArrayList<>();
        block.add(markers().begin());
        block.addAll(content);
        block.add(markers().end());
        return lines.insert(new Place(desired.after(), desired.before()).in(lines), block)
                .toString();
    }

    @Override
    public String without(String text) {
        Lines lines = Lines.of(text);
        return markers()
                .in(lines)
                .map(span -> lines.remove(span.begin(), span.end() + 1).toString())
                .orElse(text);
    }

    private Markers markers() {
        return new Markers(desired.name(), desired.comment());
    }
}
