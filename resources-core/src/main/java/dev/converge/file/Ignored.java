package dev.converge.file;

import dev.converge.model.InvalidValueException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * What a directory leaves alone below it.
 *
 * @param patterns each matches a name, or a whole path relative to the directory
 */
record Ignored(List<PathMatcher> patterns) {
    /** @throws InvalidValueException when a pattern is none */
    static Ignored of(List<String> globs) {
        if (globs.isEmpty()) {
            return new Ignored(List.of());
        }
        List<PathMatcher> patterns = new ArrayList<>();
        for (String glob : globs) {
            try {
                patterns.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
            } catch (PatternSyntaxException e) {
                throw new InvalidValueException("\"" + glob + "\" is not a pattern: " + e.getDescription() + ".");
            }
        }
        return new Ignored(patterns);
    }

    boolean matches(Path relative) {
        for (PathMatcher pattern : patterns) {
            if (pattern.matches(relative) || pattern.matches(relative.getFileName())) {
                return true;
            }
        }
        return false;
    }
}
