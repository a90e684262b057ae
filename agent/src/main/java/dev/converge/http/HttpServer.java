package dev.converge.http;

import dev.converge.separate.SeparateLibrary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A server that listens. */
public interface HttpServer extends AutoCloseable {
    /** Makes one. Public because the library for it is loaded beside the rest. */
    interface Maker {
        HttpServer start(HttpSettings settings, Responder responder) throws IOException;
    }

    /**
     * One that listens.
     *
     * @throws IOException when it cannot, as when another program has the port
     * @throws dev.converge.provider.ResourceFailure when its library is not there
     */
    static HttpServer start(HttpSettings settings, Responder responder) throws IOException {
        return Library.JETTY.get().start(settings, responder);
    }

    /** The jars that are opened when a server is first wanted. */
    final class Library {
        private static final SeparateLibrary<Maker> JETTY = new SeparateLibrary<>(
                Maker.class,
                List.of(
                        "dev.converge.http.JettyMaker",
                        "dev.converge.http.JettyServer",
                        "dev.converge.http.JettyHandler",
                        "dev.converge.http.Refusals",
                        "dev.converge.http.SlowConnections"),
                "HTTP cannot be served",
                "Install Converge whole: its folder \"separate\" is missing, or has not all jars.");

        private Library() {}
    }

    /** Where it listens, with the port that it really has. */
    InetSocketAddress address();

    /** From now on, new connections get this certificate. Only for one that has one. */
    void renew(SSLContext tls);

    /** Takes no more clients, answers those that have asked, and ends. */
    @Override
    void close();
}
