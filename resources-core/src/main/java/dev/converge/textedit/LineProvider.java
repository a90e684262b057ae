package dev.converge.textedit;

import java.util.List;
import java.util.Optional;

/** Keeps single lines in files of others. */
public final class LineProvider extends FilePartProvider<LineResource> {
    @Override
    protected FilePart<LineResource> part(LineResource desired) {
        return new LinePart(desired);
    }

    @Override
    protected LineResource named(String name) {
        Optional<Regex> none = Optional.empty();
        return new LineResource(
                LineName.parse(name), Optional.empty(), Optional.empty(), none, false, none, none, false, List.of());
    }
}
