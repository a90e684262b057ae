package dev.converge.file;

import dev.converge.provider.ResourceFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A stream that fails at its end when it was not what its checksum promised. */
final class VerifiedStream extends FilterInputStream {
    private final Checksum expected;
    private final String origin;
    private final MessageDigest digest;

    /** @param origin where the bytes come from, for the failure's message */
    VerifiedStream(InputStream in, Checksum expected, String origin) {
        super(in);
        this.expected = expected;
        this.origin = origin;
        try {
            this.digest = MessageDigest.getInstance(expected.algorithm());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            digest.update(buffer, offset, count);
        }
        if (count < 0) {
            verify();
        }
        return count;
    }

    private void verify() {
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(expected.hex())) {
            throw new ResourceFailure(
                    origin + " is not what its checksum promises: its digest is " + found + ", not " + expected.hex()
                            + ".",
                    "Find out why it differs before you take its new digest over.");
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
