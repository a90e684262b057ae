package dev.converge.container;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The body of an answer that never ends, line by line. */
final class AnswerBody {
    private static final int LONGEST_LINE = 1 << 20;

    private final InputStream in;
    private final boolean chunked;
    private long left;
    private boolean began;

    private AnswerBody(InputStream in, boolean chunked) {
        this.in = in;
        this.chunked = chunked;
    }

    static AnswerBody of(InputStream in) throws IOException {
        int status = HttpAnswer.status(in);
        Map<String, String> headers = HttpAnswer.headers(in);
        if (status != 200) {
            throw new IOException("it answers with status " + status);
        }
        return new AnswerBody(in, "chunked".equalsIgnoreCase(headers.get("transfer-encoding")));
    }

    /** The next line that is not empty; waits for it. */
    byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n' || line.size() == 0; next = read()) {
            if (next < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException("the engine says no more");
            }
            if (next != '\n') {
                line.write(next);
            }
        }
        return line.toByteArray();
    }

    private int read() throws IOException {
        if (!chunked) {
            return in.read();
        }
        if (left == 0) {
            if (began) {
                HttpAnswer.line(in);
            }
            began = true;
            left = HttpAnswer.chunkSize(in);
            if (left == 0) {
                return -1;
            }
        }
        left--;
        return in.read();
    }
}
