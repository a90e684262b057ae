package dev.converge.systemd;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes entries with fields to systemd's journal. */
public final class Journal {
    private static final int VECTOR = 2 * Native.POINTER_SIZE;

    private Journal() {}

    /** Whether it is the journal that gets what this process prints; see systemd.exec(5). */
    public static boolean isBehind(Map<String, String> environment) {
        return environment.containsKey("JOURNAL_STREAM") && Libsystemd.isThere();
    }

    /**
     * Writes one entry.
     *
     * @param fields names in capitals, such as {@code MESSAGE} and {@code PRIORITY}
     * @return whether the journal has taken it
     */
    public static boolean send(Map<String, String> fields) {
        List<byte[]> texts = new ArrayList<>();
        fields.forEach((name, value) -> texts.add((name + "=" + value).getBytes(StandardCharsets.UTF_8)));
        int size = texts.stream().mapToInt(text -> text.length + 1).sum();
        try (Memory bytes = new Memory(Math.max(1, size));
                Memory vectors = new Memory((long) VECTOR * Math.max(1, texts.size()))) {
            long offset = 0;
            for (int i = 0; i < texts.size(); i++) {
                byte[] text = texts.get(i);
                bytes.write(offset, text, 0, text.length);
                vectors.setPointer((long) i * VECTOR, bytes.share(offset));
                vectors.setLong((long) i * VECTOR + Native.POINTER_SIZE, text.length);
                offset += text.length + 1;
            }
            return Libsystemd.sendToJournal(vectors, texts.size()) == 0;
        }
    }
}
