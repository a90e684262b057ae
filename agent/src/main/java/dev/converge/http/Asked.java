package dev.converge.http;

import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param method such as {@code GET}
 * @param path from the first slash on, as it came: {@code %20} is not decoded
 * @param query what follows the question mark
 * @param from the client's address, without its port
 * @param isSecure whether it came by TLS
 * @param hasBody whether it sends something, which nobody reads
 * @param headers what it says besides
 */
public record Asked(
        String method,
        String path,
        Optional<String> query,
        String from,
        boolean isSecure,
        boolean hasBody,
        Headers headers) {

    /** What a client says besides, by its names, in upper case or lower. */
    public interface Headers {
        /** The first of that name. */
        Optional<String> first(String name);
    }

    public Optional<String> header(String name) {
        return headers.first(name);
    }
}
