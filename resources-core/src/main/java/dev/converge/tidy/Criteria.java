package dev.converge.tidy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;

/** Whether a file is rubbish: all that is given has to hold. */
final class Criteria {
    private final TidyResource desired;
    private final Instant now;
    private final List<PathMatcher> patterns;

    Criteria(TidyResource desired, Instant now) {
        this.desired = desired;
        this.now = now;
        this.patterns = desired.matches().stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }

    boolean holdFor(Path relative, BasicFileAttributes file) {
        return file.isRegularFile() && isOld(file) && isLarge(file) && matches(relative);
    }

    boolean isOld(BasicFileAttributes attributes) {
        return desired.age()
                .map(age -> !desired.ageOf().in(attributes).plus(age).isAfter(now))
                .orElse(true);
    }

    private boolean isLarge(BasicFileAttributes file) {
        return desired.size().map(size -> file.size() >= size.bytes()).orElse(true);
    }

    private boolean matches(Path relative) {
        return patterns.isEmpty()
                || patterns.stream()
                        .anyMatch(pattern -> pattern.matches(relative) || pattern.matches(relative.getFileName()));
    }
}
