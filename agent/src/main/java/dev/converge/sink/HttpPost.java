package dev.converge.sink;

import dev.converge.model.Secret;
import dev.converge.report.IoReason;
import dev.converge.vault.FileReach;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Sends documents to a server, one after the other, over one connection where the server lets it. The key with which each
 * goes is the Idempotency-Key of draft-ietf-httpapi-idempotency-key-header: the same for each try.
 */
final class HttpPost {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final int LONGEST_REASON = 200;

    private static final Pattern FIT = Pattern.compile("[\\x21-\\x7e]+");

    private final SinkSettings.HttpSink settings;
    private final HttpClient client;

    static {
        // An idle client wakes up every three seconds otherwise; what it waits for wakes it up anyway.
        if (System.getProperty("jdk.internal.httpclient.selectorTimeout") == null) {
            System.setProperty("jdk.internal.httpclient.selectorTimeout", "600000");
        }
    }

    /** Reads the certificates, which somebody may have renewed. */
    HttpPost(SinkSettings.HttpSink settings) throws Pem.Unfit {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(shorter(settings.timeLimit(), LONGEST_CONNECT))
                .followRedirects(HttpClient.Redirect.NEVER);
        if (settings.url().getScheme().equals("https")) {
            builder.sslContext(Pem.context(settings.tls()));
        }
        this.client = builder.build();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The address without what may be a secret in it. */
    static String shown(URI url) {
        String path = Optional.ofNullable(url.getPath()).orElse("");
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + path;
    }

    /** Sends a document; ends within the time limit, whatever the server does. */
    Answer send(byte[] body, boolean zipped, String id) throws InterruptedException {
        Optional<Secret> token;
        try {
            Optional<Path> exposed = exposed();
            if (exposed.isPresent()) {
                return new Answer.Later(
                        "Every account can read or write " + exposed.get() + ", so its token is not sent.",
                        "Run chmod 600 " + exposed.get() + ", and take another token if somebody may have seen it.",
                        Optional.empty());
            }
            token = token();
        } catch (IOException e) {
            IoReason reason = IoReason.ofNamed(e);
            return new Answer.Later(
                    reason.sentence(), reason.advice().orElse("Put the token there."), Optional.empty());
        }
        if (token.filter(secret -> !FIT.matcher(secret.reveal()).matches()).isPresent()) {
            return new Answer.Later(
                    "The token is not fit for a header.", "Let the file have the token alone.", Optional.empty());
        }
        return send(request(body, zipped, id, token), token, zipped);
    }

    private Optional<Path> exposed() throws IOException {
        Optional<Path> file = settings.tokenFile();
        return file.isPresent() && FileReach.of(file.get()) == FileReach.EVERYBODY ? file : Optional.empty();
    }

    private Optional<Secret> token() throws IOException {
        if (settings.tokenFile().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Secret.of(Files.readString(settings.tokenFile().get()).strip()));
    }

    private HttpRequest request(byte[] body, boolean zipped, String id, Optional<Secret> token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "converge/" + Version.OURS)
                .header("Idempotency-Key", '"' + id + '"')
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (zipped) {
            request.header("Content-Encoding", "gzip");
        }
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
        return request.build();
    }

    private Answer send(HttpRequest request, Optional<Secret> token, boolean zipped) throws InterruptedException {
        AtomicInteger status = new AtomicInteger();
        CompletableFuture<HttpResponse<String>> sent = client.sendAsync(request, head -> {
            status.set(head.statusCode());
            return new Excerpt();
        });
        try {
            HttpResponse<String> answer = sent.get(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
            return judge(answer.statusCode(), reason(answer, token), after(answer), zipped);
        } catch (TimeoutException e) {
            return late(status.get(), zipped);
        } catch (ExecutionException e) {
            return failure(e.getCause());
        } finally {
            sent.cancel(true);
        }
    }

    /** One that has said yes and then drips its words has said yes. */
    private Answer late(int status, boolean zipped) {
        if (status != 0) {
            return judge(status, "it does not come to an end", Optional.empty(), zipped);
        }
        return new Answer.Later(
                "It has not answered within " + settings.timeLimit().toSeconds() + " s.",
                "Check the server, or raise timeLimit.",
                Optional.empty());
    }

    private static Answer judge(int status, String reason, Optional<Duration> after, boolean zipped) {
        if (status / 100 == 2) {
            return new Answer.Taken();
        }
        if (status == 415 && zipped) {
            return new Answer.Unzip();
        }
        String why = "It answers " + status + ": " + reason + ".";
        return switch (status) {
            case 401, 403, 407 -> new Answer.Later(why, "Check the token or the client's certificate.", after);
            case 404, 405, 410, 421 -> new Answer.Later(why, "Check the address.", after);
            case 408, 409, 423, 425, 429 -> new Answer.Later(why, "It is tried again.", after);
            default ->
                status / 100 == 4
                        ? new Answer.Refused(why)
                        : new Answer.Later(
                                why, status / 100 == 3 ? "Write the address itself." : "Look at its log.", after);
        };
    }

    private static Optional<Duration> after(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .flatMap(HttpPost::pause)
                .map(pause -> pause.isNegative() ? Duration.ZERO : shorter(pause, LONGEST_PAUSE));
    }

    /** Seconds or a date, RFC 9110 section 10.2.3. */
    private static Optional<Duration> pause(String text) {
        try {
            return Optional.of(
                    text.matches("\\d{1,9}")
                            ? Duration.ofSeconds(Long.parseLong(text))
                            : Duration.between(
                                    Instant.now(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String reason(HttpResponse<String> answer, Optional<Secret> token) {
        String said = answer.body().strip().split("\\R", 2)[0].replaceAll("\\p{Cntrl}", "");
        String masked = token.filter(secret -> !secret.reveal().isEmpty())
                .map(secret -> said.replace(secret.reveal(), Secret.MASK))
                .orElse(said);
        String shown = masked.substring(0, Math.min(masked.length(), LONGEST_REASON));
        return shown.isEmpty() ? "it does not say why" : shown;
    }

    private Answer failure(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return new Answer.Later(
                    "Nobody takes the connection.", "Check the address and the firewall.", Optional.empty());
        }
        if (cause instanceof ConnectException) {
            boolean unknown = isUnknown(cause.getCause());
            return new Answer.Later(
                    unknown ? "The name " + settings.url().getHost() + " is not known." : "Nobody listens there.",
                    "Check the address, and that the server runs.",
                    Optional.empty());
        }
        String why = Optional.ofNullable(cause.getMessage())
                .orElseGet(() -> cause.getClass().getSimpleName());
        if (cause instanceof SSLException) {
            return new Answer.Later(
                    "No encrypted connection came to be: " + why + ".",
                    "Check caFile, certificate and key, and the server's name in its certificate.",
                    Optional.empty());
        }
        return new Answer.Later("The connection broke: " + why + ".", "Check the server.", Optional.empty());
    }

    /** How deep the client hides it depends on the JDK. */
    private static boolean isUnknown(Throwable cause) {
        for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
            if (deeper instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
