package dev.converge.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with as little of it as is needed: one connector, one handler, limits on all that a client can do. */
final class JettyServer implements HttpServer {
    private static final int THREADS = 16;
    private static final int IDLE_MILLIS = 60_000;
    private static final int LONGEST_HEAD = 8 << 10;
    private static final int BACKLOG = 1024;

    private final Server server;
    private final ServerConnector connector;
    private final Optional<SslContextFactory.Server> tls;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "http-slow");
        thread.setDaemon(true);
        return thread;
    });

    private JettyServer(HttpSettings settings, Responder responder) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4, IDLE_MILLIS);
        threads.setName("http");
        threads.setDaemon(true);
        server = new Server(threads);
        tls = settings.tls().map(JettyServer::certificate);
        connector = connector(server, tls);
        connector.setHost(settings.listen().getAddress().getHostAddress());
        connector.setPort(settings.listen().getPort());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(settings.patience().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.connections(), server));
        server.setHandler(new GracefulHandler(new JettyHandler(responder)));
        Refusals refusals = new Refusals(responder);
        server.setErrorHandler(refusals);
        connector.addBean(refusals);
        server.setStopTimeout(settings.ending().toMillis());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It goes on until the clock ends.
    static JettyServer start(HttpSettings settings, Responder responder) throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // Jetty's own services are found by it, and its threads inherit it.
        Thread.currentThread().setContextClassLoader(JettyServer.class.getClassLoader());
        JettyServer made = new JettyServer(settings, responder);
        try {
            made.server.start();
        } catch (Exception e) {
            made.close();
            throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        Duration step = settings.patience().dividedBy(4);
        SlowConnections slow = new SlowConnections(made.connector, settings.patience());
        made.clock.scheduleWithFixedDelay(slow, step.toMillis(), step.toMillis(), TimeUnit.MILLISECONDS);
        return made;
    }

    private static SslContextFactory.Server certificate(SSLContext context) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(context);
        return factory;
    }

    private static ServerConnector connector(Server server, Optional<SslContextFactory.Server> tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(LONGEST_HEAD);
        // Machines that boot ask by whatever address they have; the certificate is theirs to judge.
        tls.ifPresent(factory -> http.addCustomizer(new SecureRequestCustomizer(false)));
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ConnectionFactory[] layers = tls.map(factory ->
                        new ConnectionFactory[] {new SslConnectionFactory(factory, plain.getProtocol()), plain})
                .orElseGet(() -> new ConnectionFactory[] {plain});
        return new ServerConnector(server, 1, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), layers);
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    @Override
    public void renew(SSLContext context) {
        try {
            tls.orElseThrow().reload(factory -> factory.setSslContext(context));
        } catch (Exception e) {
            throw new IllegalStateException("a context that was made is taken", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            // What did not end within its time is cut off; the process ends.
            return;
        }
    }
}
