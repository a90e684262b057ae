package dev.converge.serve;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How hosts are served.
 *
 * @param listen the address; any free port when that is 0
 * @param tls certificate and key; plain HTTP without
 * @param url how machines reach it, without a slash at the end; as they have asked when left out
 * @param interval between two looks whether the site has changed
 * @param dataAge how old data from Consul and programs may be
 * @param limit how long a client waits for a render at most
 * @param jobs how many are rendered at once
 * @param tokenGrace for how long the client that used a token first may come again
 * @param state where what outlives the process is kept
 */
public record ServeSettings(
        InetSocketAddress listen,
        Optional<Tls> tls,
        Optional<String> url,
        Duration interval,
        Duration dataAge,
        Duration limit,
        int jobs,
        Duration tokenGrace,
        Path state) {

    /** Files in PEM, read when the server starts, and when it is told to. */
    public record Tls(Path certificate, Path key) {}
}
