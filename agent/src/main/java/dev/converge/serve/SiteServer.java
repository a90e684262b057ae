package dev.converge.serve;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.http.HttpServer;
import dev.converge.http.HttpSettings;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.IoReason;
import dev.converge.sink.Pem;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A server that has begun: its socket, those who render, and the thread that follows the site. */
public final class SiteServer implements AutoCloseable {
    private static final int CONNECTIONS = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** For an answer that came at the last moment. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final ServerParts parts;
    private final Editions editions;
    private final Answers answers;
    private final HttpServer http;
    private final SynchronousQueue<Boolean> wishes = new SynchronousQueue<>();
    private volatile Optional<Thread> following = Optional.empty();
    private volatile boolean stopping;

    private SiteServer(ServerParts parts, Editions editions, Answers answers, HttpServer http) {
        this.parts = parts;
        this.editions = editions;
        this.answers = answers;
        this.http = http;
    }

    /** One that serves what is newest, or why it cannot. */
    public static Checked<SiteServer> begin(
            SiteOrigin origin, EditionSettings editionSettings, ServeSettings settings, ServerLog log)
            throws InterruptedException {
        try {
            Optional<SSLContext> tls = settings.tls().isPresent()
                    ? Optional.of(context(settings.tls().get()))
                    : Optional.empty();
            return begin(origin, editionSettings, ServerParts.of(settings, log), tls);
        } catch (Pem.Unfit e) {
            return Checked.failed(Diagnostic.error(Code.USAGE, "No certificate", e.getMessage())
                    .suggest(e.advice()));
        } catch (ResourceFailure e) {
            return Checked.failed(Diagnostic.error(Code.STATE, "Cannot serve", String.valueOf(e.getMessage()))
                    .suggest(e.advice()));
        } catch (IOException e) {
            if (e.getCause() instanceof BindException refused) {
                return Checked.failed(notHad(settings.listen(), refused));
            }
            IoReason reason = IoReason.of(e);
            return Checked.failed(Diagnostic.error(
                            Code.STATE, "Cannot serve", "At " + text(settings.listen()) + ": " + reason.sentence())
                    .suggest(reason.advice().orElse("Choose another address by --listen, or another --state-dir.")));
        }
    }

    private static Diagnostic notHad(InetSocketAddress address, BindException refused) {
        String reason = IoReason.of(refused).sentence();
        return Diagnostic.error(Code.STATE, "Cannot serve", "At " + text(address) + ": " + reason)
                .suggest("Choose another address or port by --listen; \"ss -ltnp\" tells who listens where.");
    }

    /** @throws dev.converge.provider.ResourceFailure when another process has the folder */
    private static Versions versions(SiteOrigin origin, Path state) throws IOException {
        if (origin instanceof SiteOrigin.Folder folder) {
            return FolderVersions.open(folder.site(), state);
        }
        return GitVersions.open(((SiteOrigin.Git) origin).settings(), state);
    }

    /** What was opened is closed again when it does not come to a server. */
    private static Checked<SiteServer> begin(
            SiteOrigin origin, EditionSettings editionSettings, ServerParts parts, Optional<SSLContext> tls)
            throws IOException, InterruptedException {
        boolean begun = false;
        try {
            Versions versions = versions(origin, parts.settings().state());
            Checked<SiteServer> server =
                    begin(parts, new Editions(versions, editionSettings, parts::renders, parts.log()), tls);
            begun = server.isOk();
            return server;
        } finally {
            if (!begun) {
                parts.close();
            }
        }
    }

    private static Checked<SiteServer> begin(ServerParts parts, Editions editions, Optional<SSLContext> tls)
            throws IOException, InterruptedException {
        boolean begun = false;
        try {
            List<Diagnostic> problems = editions.begin();
            if (!problems.isEmpty()) {
                return Checked.failed(problems);
            }
            ServeSettings settings = parts.settings();
            Answers answers = new Answers(parts, editions, Tokens.open(settings.state(), settings.tokenGrace()));
            Duration whole = settings.limit().plus(MARGIN);
            HttpSettings listen = new HttpSettings(settings.listen(), tls, CONNECTIONS, patience(whole), whole);
            SiteServer server = new SiteServer(parts, editions, answers, HttpServer.start(listen, answers));
            begun = true;
            return Checked.of(server);
        } finally {
            if (!begun) {
                editions.close();
            }
        }
    }

    /** Who waits for a render is not slow. */
    private static Duration patience(Duration whole) {
        return whole.compareTo(PATIENCE) > 0 ? whole : PATIENCE;
    }

    private static SSLContext context(ServeSettings.Tls tls) throws Pem.Unfit {
        return Pem.server(tls.certificate(), tls.key());
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    /** Where it is, as people write it. */
    public String url() {
        String host = http.address().getHostString();
        return (parts.settings().tls().isPresent() ? "https://" : "http://")
                + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + http.address().getPort();
    }

    /** How many hosts there are, in words. */
    public String hosts() {
        return editions.current().edition().hosts().counted();
    }

    /** What is in force. */
    public String commit() {
        return editions.current().edition().version().shortened();
    }

    /** Follows the site until {@link #stop}. */
    public void run() {
        following = Optional.of(Thread.currentThread());
        try {
            while (!stopping) {
                editions.follow(parts.settings().interval(), this::await);
            }
        } catch (InterruptedException e) {
            if (!stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void await(Duration interval) throws InterruptedException {
        wishes.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads the certificate anew, and looks now whether the site has changed. */
    public void reload() {
        parts.settings().tls().ifPresent(files -> {
            try {
                http.renew(context(files));
                parts.log().say("Reloaded " + files.certificate());
            } catch (Pem.Unfit e) {
                parts.log().say("The certificate stays as it was. " + e.getMessage() + " " + e.advice());
            }
        });
        wishes.offer(true);
    }

    /** Ends {@link #run} soon. */
    public void stop() {
        stopping = true;
        following.ifPresent(Thread::interrupt);
    }

    @Override
    public void close() {
        Thread.interrupted(); // what ended the run does not end those who are still answered
        http.close();
        try (parts;
                editions;
                answers) {
            // Each ends, whatever becomes of the others.
            return;
        } catch (IOException e) {
            parts.log().say("Not all files could be closed. " + IoReason.of(e).sentence());
        }
    }
}
