package dev.converge.target;

import dev.converge.firstboot.Ownership;
import dev.converge.model.Content;
import dev.converge.model.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** An entry of {@code write_files}: text as it is, bytes in base64, what is long compressed where that makes it shorter. */
final class WrittenFile {
    private static final int LONG = 2048;
    private static final String ROOT = "root";

    private WrittenFile() {}

    static Map<String, Object> of(Path path, Content content, Ownership ownership) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", path.toString());
        entry.put(
                "owner",
                ownership.owner().orElse(ROOT) + ':' + ownership.group().orElse(ROOT));
        ownership.mode().map(Mode::toString).ifPresent(mode -> entry.put("permissions", fourDigits(mode)));
        put(entry, content.bytes());
        return entry;
    }

    private static String fourDigits(String octal) {
        return "0".repeat(Math.max(0, 4 - octal.length())) + octal;
    }

    private static void put(Map<String, Object> entry, byte[] bytes) {
        Optional<String> text = Content.decode(bytes).filter(CloudYaml::isPrintable);
        byte[] packed = bytes.length < LONG ? bytes : packed(bytes);
        String encoded = Base64.getEncoder().encodeToString(packed);
        if (text.isPresent() && (bytes.length < LONG || bytes.length <= encoded.length())) {
            entry.put("content", text.get());
            return;
        }
        entry.put("encoding", packed.length < bytes.length ? "gz+b64" : "b64");
        entry.put(
                "content",
                packed.length < bytes.length ? encoded : Base64.getEncoder().encodeToString(bytes));
    }

    /** The same bytes each time: Java writes neither a time nor a name into them. */
    static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
            packing.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
