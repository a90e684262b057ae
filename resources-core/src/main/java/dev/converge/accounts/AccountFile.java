package dev.converge.accounts;

import dev.converge.provider.Host;
import dev.converge.provider.WatchPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the colon-separated files of accounts by hand: they are read in every run. */
final class AccountFile {
    static final Path PASSWD = Path.of("/etc/passwd");
    static final Path GROUP = Path.of("/etc/group");
    static final Path SHADOW = Path.of("/etc/shadow");

    /** What moves with any account; nobody else's groups are looked up in gshadow(5), but gpasswd(1) changes it. */
    static final List<WatchPoint> WATCHED = Stream.of(PASSWD, GROUP, SHADOW, Path.of("/etc/gshadow"))
            .<WatchPoint>map(WatchPoint.Entry::of)
            .toList();

    private AccountFile() {}

    /**
     * Gives each line that has enough fields. A file that does not exist has no lines.
     *
     * @param fields how many fields a whole line has; a shorter one is left out, as the C library leaves it out
     */
    static void read(Host host, Path file, int fields, Consumer<List<String>> line) throws IOException {
        String text;
        try {
            text = new String(Files.readAllBytes(host.path(file)), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return;
        }
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            List<String> parts = split(text, start, end, ':');
            if (parts.size() >= fields && !parts.get(0).isEmpty()) {
                line.accept(parts);
            }
            start = end + 1;
        }
    }

    private static List<String> split(String text, int start, int end, char separator) {
        List<String> parts = new ArrayList<>(9);
        int from = start;
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == separator) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from, end));
        return parts;
    }

    /** The names of a comma-separated field. */
    static Set<String> names(String field) {
        if (field.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : split(field, 0, field.length(), ',')) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return Collections.unmodifiableSet(names);
    }

    /** The id in a field; empty when it is none. Ids above {@code Integer.MAX_VALUE} wrap around, as {@code unix:uid} does. */
    static OptionalInt id(String field) {
        if (field.isEmpty() || field.length() > 10) {
            return OptionalInt.empty();
        }
        long id = 0;
        for (int i = 0; i < field.length(); i++) {
            int digit = field.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalInt.empty();
            }
            id = id * 10 + digit;
        }
        return id > 0xFFFFFFFFL ? OptionalInt.empty() : OptionalInt.of((int) id);
    }
}
