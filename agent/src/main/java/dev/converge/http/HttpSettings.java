package dev.converge.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a server listens, and how far clients may go.
 *
 * @param listen its address; any free port when that is 0
 * @param tls its certificate; plain HTTP without
 * @param connections how many there may be at once; others wait to be taken
 * @param patience how long a client may take to ask, to take what it gets, and to ask again on the same connection
 * @param ending how long what is in hand may go on when the server is to end
 */
public record HttpSettings(
        InetSocketAddress listen, Optional<SSLContext> tls, int connections, Duration patience, Duration ending) {}
