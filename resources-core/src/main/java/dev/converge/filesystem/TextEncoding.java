package dev.converge.filesystem;

import dev.converge.provider.ResourceFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How a file's bytes are letters, so that every byte comes back that no edit names.
 *
 * @param marked whether a byte order mark stands before the text, as some editors write it
 */
public record TextEncoding(Charset charset, boolean marked) {
    /** What a file gets that is made. */
    public static final TextEncoding UTF_8 = new TextEncoding(StandardCharsets.UTF_8, false);

    private static final char MARK = '\uFEFF';

    /**
     * Finds out what a file is written in. Latin-1 gives every byte a letter and every letter its byte: nothing is lost
     * where the text is no UTF-8.
     *
     * @param file for the failure
     * @throws ResourceFailure for UTF-16, where what is added would be no letters
     */
    public static TextEncoding of(byte[] bytes, Path file) {
        if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
            throw new ResourceFailure(
                    file + " is UTF-16, and cannot be edited in part.",
                    "Convert it with iconv, or declare the whole file.");
        }
        try {
            boolean marked = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .startsWith(String.valueOf(MARK));
            return new TextEncoding(StandardCharsets.UTF_8, marked);
        } catch (CharacterCodingException e) {
            return new TextEncoding(StandardCharsets.ISO_8859_1, false);
        }
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length > 1 && bytes[0] == (byte) first && bytes[1] == (byte) second;
    }

    /** The text, without the mark. */
    public String decode(byte[] bytes) {
        String text = new String(bytes, charset);
        return marked ? text.substring(1) : text;
    }

    /**
     * The bytes, with the mark.
     *
     * @param file for the failure
     * @throws ResourceFailure when there are no bytes for a letter
     */
    public byte[] encode(String text, Path file) {
        if (!charset.newEncoder().canEncode(text)) {
            throw new ResourceFailure(
                    file + " is not UTF-8, and what shall be written to it needs that.",
                    "Convert it with iconv, or write only ASCII.");
        }
        return (marked ? MARK + text : text).getBytes(charset);
    }
}
