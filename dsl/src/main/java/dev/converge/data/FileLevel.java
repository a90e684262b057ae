package dev.converge.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A level of files: {@code path}, {@code paths} or {@code glob} in the hierarchy. */
record FileLevel(String name, DataFolder folder, List<PathPattern> paths, boolean globs, Decipher decipher)
        implements Level {

    private static final Path HIERARCHY = Path.of(HierarchyFile.NAME);

    @Override
    public List<Source> read(Reading reading) {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (PathPattern pattern : paths) {
            for (Source source : read(pattern, reading)) {
                sources.putIfAbsent(source.where(), source); // os.name and os.family may be the same
            }
        }
        return List.copyOf(sources.values());
    }

    private List<Source> read(PathPattern pattern, Reading reading) {
        try {
            String path = globs ? pattern.glob(reading.facts()) : pattern.of(reading.facts());
            if (!folder.holds(path)) {
                return List.of(new Source.Nothing(folder.shown(path), "it leads out of " + folder.shown()));
            }
            return globs ? matching(path, reading) : List.of(file(path, reading));
        } catch (PathPattern.Lacking e) {
            return List.of(new Source.Nothing(folder.shown(pattern.text()), String.valueOf(e.getMessage())));
        }
    }

    /** Whether it reads this file for some host, whatever that host's facts are. */
    boolean mayRead(String path) {
        return paths.stream().anyMatch(pattern -> anyHost(pattern).matches(Path.of(path)));
    }

    private PathMatcher anyHost(PathPattern pattern) {
        PathPattern shape = globs ? pattern : pattern.literal();
        return FileSystems.getDefault().getPathMatcher("glob:" + shape.anyHost());
    }

    private Source file(String path, Reading reading) {
        String shown = folder.shown(path);
        Optional<String> text = folder.text(path, reading.bounds());
        return text.isEmpty()
                ? new Source.Nothing(shown, "there is no such file")
                : new Source.Values(shown, reading.parse(shown, text.get()));
    }

    /** In the order of their names, so that it does not depend on the machine. */
    private List<Source> matching(String glob, Reading reading) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        try (Stream<Path> all = Files.walk(folder.path())) {
            List<String> files = all.map(path -> folder.path().relativize(path))
                    .filter(path -> matcher.matches(path)
                            && !path.equals(HIERARCHY)
                            && Files.isRegularFile(folder.path().resolve(path), new LinkOption[0]))
                    .map(Path::toString)
                    .sorted()
                    .toList();
            return files.isEmpty()
                    ? List.of(new Source.Nothing(folder.shown(glob), "no file matches"))
                    : files.stream().map(path -> file(path, reading)).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(new Source.Nothing(folder.shown(glob), "the folder cannot be read: " + e.getMessage()));
        }
    }
}
