package dev.converge.signature;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads values as SSH writes them, RFC 4251 section 5. What ends too early is an {@link IllegalArgumentException}. */
final class SshReader {
    private final ByteBuffer rest;

    SshReader(byte[] bytes) {
        this.rest = ByteBuffer.wrap(bytes);
    }

    int number32() {
        try {
            return rest.getInt();
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("it ends too early", e);
        }
    }

    byte[] raw(int length) {
        if (length < 0 || length > rest.remaining()) {
            throw new IllegalArgumentException("it ends too early");
        }
        byte[] bytes = new byte[length];
        rest.get(bytes);
        return bytes;
    }

    byte[] bytes() {
        return raw(number32());
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    BigInteger number() {
        byte[] bytes = bytes();
        return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    }

    boolean isAtEnd() {
        return !rest.hasRemaining();
    }
}
