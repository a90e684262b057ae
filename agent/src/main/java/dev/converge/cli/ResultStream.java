package dev.converge.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;

/** A stream that knows why it could not be written, which {@link PrintStream} forgets. */
final class ResultStream extends PrintStream {
    private static final int BUFFER = 1 << 13;

    private final Remembering file;

    private ResultStream(Remembering file, Charset charset) {
        super(new BufferedOutputStream(file, BUFFER), false, charset);
        this.file = file;
    }

    static ResultStream to(FileDescriptor descriptor, Charset charset) {
        return new ResultStream(new Remembering(new FileOutputStream(descriptor)), charset);
    }

    /** Why something of it is lost; empty when all was written, or when its reader went away and wants no more. */
    Optional<IOException> failure() {
        IOException failure = file.failure;
        return failure == null || "Broken pipe".equals(failure.getMessage()) ? Optional.empty() : Optional.of(failure);
    }

    private static final class Remembering extends FilterOutputStream {
        private volatile IOException failure;

        Remembering(OutputStream file) {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
