package dev.converge.state;

import dev.converge.model.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tells whether a path is still as a run left it: kind, mode, owner, size and time of the last change, without reading
 * content, as Git's index does.
 *
 * @param text one line, equal for what is unchanged
 */
public record PathMark(String text) {
    private static final PathMark NOTHING = new PathMark("absent");
    private static final int TYPE_BITS = 0170000;
    private static final int FOLDER = 0040000;
    private static final int LINK = 0120000;

    /** The mark of what is at a path itself; of a folder, with all below it. */
    public static PathMark of(Path real) throws IOException {
        return StateDirectory.exists(real) ? new PathMark(mark(real)) : NOTHING;
    }

    /** The mark of a content, whatever line ends it has at its end: a block of lines always gets one. */
    public static PathMark of(Content content) {
        if (content.size() > Content.SHOWN_BYTES) {
            return new PathMark(content.digest("SHA-256"));
        }
        byte[] bytes = content.bytes();
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        MessageDigest digest = sha256();
        digest.update(bytes, 0, end);
        return new PathMark(HexFormat.of().formatHex(digest.digest()));
    }

    /** Whether nothing was left there. */
    public boolean isNothing() {
        return equals(NOTHING);
    }

    private static String mark(Path real) throws IOException {
        Map<String, Object> seen =
                Files.readAttributes(real, "unix:mode,uid,gid,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) seen.get("mode");
        String owned = Integer.toOctalString(mode) + " " + seen.get("uid") + ":" + seen.get("gid");
        return switch (mode & TYPE_BITS) {
            case FOLDER -> owned + " " + below(real);
            case LINK -> owned + " " + Files.readSymbolicLink(real);
            default -> owned + " " + seen.get("size") + " " + seen.get("lastModifiedTime");
        };
    }

    private static String below(Path folder) throws IOException {
        TreeSet<Path> children = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(children::add);
        }
        MessageDigest all = sha256();
        for (Path child : children) {
            String line = child.getFileName() + "\0" + mark(child) + "\0";
            all.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return children.size() + " " + HexFormat.of().formatHex(all.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
