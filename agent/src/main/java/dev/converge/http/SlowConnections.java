package dev.converge.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Ends connections on which nothing comes to its end for too long: no request wholly asked, no answer wholly taken. The
 * library's own limit is for silence, and does not end one that sends a letter now and then.
 */
final class SlowConnections implements Runnable {
    private final ServerConnector connector;
    private final long patienceNanos;
    private Map<EndPoint, Progress> known = new HashMap<>();

    SlowConnections(ServerConnector connector, Duration patience) {
        this.connector = connector;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * How far one has come.
     *
     * @param messages how many were wholly read or written
     * @param since the moment when that was first seen
     */
    private record Progress(long messages, long since) {}

    @Override
    public void run() {
        long now = System.nanoTime();
        Map<EndPoint, Progress> seen = new HashMap<>();
        for (EndPoint client : connector.getConnectedEndPoints()) {
            long messages = messages(client.getConnection());
            Progress before = known.get(client);
            if (before == null || before.messages() != messages) {
                seen.put(client, new Progress(messages, now));
            } else if (now - before.since() < patienceNanos) {
                seen.put(client, before);
            } else {
                client.close();
            }
        }
        known = seen;
    }

    private static long messages(Connection connection) {
        if (connection instanceof SslConnection tls) {
            return messages(tls.getSslEndPoint().getConnection());
        }
        return connection == null ? 0 : connection.getMessagesIn() + connection.getMessagesOut();
    }
}
