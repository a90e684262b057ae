package dev.converge.textedit;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import java.util.List;
import java.util.Optional;

/** Keeps single lines in files of others. */
public final class LineProvider extends FilePartProvider<LineResource> implements FirstBoot<LineResource> {
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

    @Override
    public List<Step> steps(Declared<LineResource> declared, Scene scene) {
        return LineFirstBoot.steps(declared);
    }
}
