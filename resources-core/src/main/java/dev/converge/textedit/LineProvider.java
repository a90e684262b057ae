package dev.converge.textedit;

/** Keeps single lines in files of others. */
public final class LineProvider extends FilePartProvider<LineResource> {
    @Override
    protected FilePart<LineResource> part(LineResource desired) {
        return new LinePart(desired);
    }
}
