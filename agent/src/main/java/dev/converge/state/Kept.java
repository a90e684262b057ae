package dev.converge.state;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One path as it was when it was kept: enough to put it back.
 *
 * @param path as the host saw it; in a folder's listing, relative to the folder
 * @param type what it was; mode, owner and time are 0 for what was absent
 * @param mode the low twelve bits of {@code st_mode}
 * @param uid owner
 * @param gid group
 * @param modified nanoseconds since 1970
 * @param content a file's digest, a folder's listing's digest, a link's target; none for what has no content to keep
 */
public record Kept(Path path, Type type, int mode, int uid, int gid, long modified, Optional<String> content) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TYPE_BITS = 0170000;
    private static final int MODE_BITS = 07777;

    /** What can be at a path. */
    public enum Type {
        FILE("sha256"),
        DIRECTORY("listing"),
        LINK("target"),
        OTHER("content"),
        ABSENT("content");

        /** What the content is called in JSON. */
        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** From inode(7). */
        private static Type of(int mode) {
            return switch (mode & TYPE_BITS) {
                case 0100000 -> FILE;
                case 0040000 -> DIRECTORY;
                case 0120000 -> LINK;
                default -> OTHER;
            };
        }
    }

    /** That there is nothing at a path: what a run makes there is taken back by removing it. */
    static Kept nothing(Path shown) {
        return new Kept(shown, Type.ABSENT, 0, 0, 0, 0, Optional.empty());
    }

    /** What is at a path, without its content. */
    static Kept at(Path real, Path shown) throws IOException {
        Map<String, Object> found =
                Files.readAttributes(real, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) found.get("mode");
        return new Kept(
                shown,
                Type.of(mode),
                mode & MODE_BITS,
                (Integer) found.get("uid"),
                (Integer) found.get("gid"),
                ((FileTime) found.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS),
                Optional.empty());
    }

    /** The same, found at another path. */
    public Kept at(Path other) {
        return new Kept(other, type, mode, uid, gid, modified, content);
    }

    Kept with(String newContent) {
        return new Kept(path, type, mode, uid, gid, modified, Optional.of(newContent));
    }

    /**
     * One line of JSON, without its end.
     *
     * @param head what comes before, such as the run
     */
    byte[] toLine(Map<String, String> head) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            head.forEach(json::writeStringProperty);
            json.writeStringProperty("path", path.toString());
            json.writeStringProperty("type", type.name().toLowerCase(Locale.ROOT));
            if (type != Type.ABSENT) {
                json.writeStringProperty("mode", octal(mode));
                json.writeNumberProperty("uid", uid);
                json.writeNumberProperty("gid", gid);
                json.writeNumberProperty("modified", modified);
            }
            content.ifPresent(text -> json.writeStringProperty(type.word, text));
            json.writeEndObject();
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What {@link #toLine} has written; empty when it is not whole. */
    static Optional<Kept> of(Map<?, ?> line) {
        Optional<Type> type = Arrays.stream(Type.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(line.get("type")))
                .findFirst();
        if (type.isEmpty() || !(line.get("path") instanceof String path)) {
            return Optional.empty();
        }
        if (type.get() == Type.ABSENT) {
            return Optional.of(nothing(Path.of(path)));
        }
        boolean whole = line.get("mode") instanceof String
                && line.get("uid") instanceof Number
                && line.get("gid") instanceof Number
                && line.get("modified") instanceof Number;
        if (!whole) {
            return Optional.empty();
        }
        return Optional.of(new Kept(
                Path.of(path),
                type.get(),
                Integer.parseInt((String) line.get("mode"), 8),
                ((Number) line.get("uid")).intValue(),
                ((Number) line.get("gid")).intValue(),
                ((Number) line.get("modified")).longValue(),
                Optional.ofNullable((String) line.get(type.get().word))));
    }

    /** The mode as chmod(1) takes it. */
    public String octalMode() {
        return octal(mode);
    }

    private static String octal(int mode) {
        String digits = Integer.toOctalString(mode);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }
}
