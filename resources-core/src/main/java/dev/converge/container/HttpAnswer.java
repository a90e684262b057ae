package dev.converge.container;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a server answered, read whole.
 *
 * @param headers by their names in small letters
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.3">RFC 9112, section 6.3: how long a message is</a>
 */
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final int LONGEST_LINE = 1 << 16;
    private static final long LONGEST_BODY = 1L << 26;

    boolean succeeded() {
        return status < 400;
    }

    static HttpAnswer read(InputStream in) throws IOException {
        int status = status(in);
        Map<String, String> headers = headers(in);
        if (status == 204 || status == 304) {
            return new HttpAnswer(status, headers, new byte[0]);
        }
        return new HttpAnswer(status, headers, body(headers, in));
    }

    static int status(InputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5][0-9]{2}")) {
            throw new IOException("the answer is no HTTP");
        }
        return Integer.parseInt(first[1]);
    }

    static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static byte[] body(Map<String, String> headers, InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            long size = chunkSize(in);
            while (size > 0) {
                copy(in, size, body);
                line(in);
                size = chunkSize(in);
            }
        } else if (headers.containsKey("content-length")) {
            copy(in, number(headers.get("content-length"), 10), body);
        } else {
            copyToEnd(in, body);
        }
        return body.toByteArray();
    }

    static long chunkSize(InputStream in) throws IOException {
        String line = line(in);
        int extension = line.indexOf(';');
        return number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
    }

    private static long number(String text, int radix) throws IOException {
        try {
            return Long.parseUnsignedLong(text, radix);
        } catch (NumberFormatException e) {
            throw new IOException("the answer has a length that is no number", e);
        }
    }

    private static void copy(InputStream in, long count, ByteArrayOutputStream into) throws IOException {
        if (count < 0 || into.size() + count > LONGEST_BODY) {
            throw new IOException("the answer is longer than " + (LONGEST_BODY >> 20) + " MiB");
        }
        byte[] bytes = in.readNBytes((int) count);
        if (bytes.length < count) {
            throw new EOFException("the answer ends too early");
        }
        into.writeBytes(bytes);
    }

    private static void copyToEnd(InputStream in, ByteArrayOutputStream into) throws IOException {
        byte[] rest = in.readNBytes((int) LONGEST_BODY);
        if (rest.length == LONGEST_BODY) {
            throw new IOException("the answer is longer than " + (LONGEST_BODY >> 20) + " MiB");
        }
        into.writeBytes(rest);
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException("the answer ends too early");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
