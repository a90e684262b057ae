package dev.converge.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a program wrote, its beginning and its end when it is too long to keep whole. */
final class BoundedOutput {
    private final int half;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private byte[] tail = new byte[0];
    private long beyondHead;

    /** @param limit how many bytes to keep */
    BoundedOutput(int limit) {
        this.half = limit / 2;
    }

    void add(byte[] bytes, int count) {
        int toHead = Math.min(count, half - head.size());
        head.write(bytes, 0, toHead);
        if (toHead == count) {
            return;
        }
        if (tail.length == 0) {
            tail = new byte[half];
        }
        int from = Math.max(toHead, count - half);
        beyondHead += from - toHead;
        int at = (int) (beyondHead % half);
        int first = Math.min(count - from, half - at);
        System.arraycopy(bytes, from, tail, at, first);
        System.arraycopy(bytes, from + first, tail, 0, count - from - first);
        beyondHead += count - from;
    }

    /** As UTF-8; a line that says how much is missing stands where the middle was. */
    String text() {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        kept.writeBytes(head.toByteArray());
        int at = (int) (beyondHead % Math.max(1, tail.length));
        if (beyondHead > half) {
            kept.writeBytes(("\n[… " + (beyondHead - half) + " bytes left out …]\n").getBytes(StandardCharsets.UTF_8));
            kept.write(tail, at, half - at);
        }
        kept.write(tail, 0, beyondHead == half ? half : at);
        return kept.toString(StandardCharsets.UTF_8);
    }
}
