package dev.converge.consul;

import dev.converge.model.Durations;
import dev.converge.model.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All keys below a prefix of Consul's key-value store, by its HTTP API ({@code GET /v1/kv/PREFIX/?recurse}).
 *
 * @param address of the server or agent, such as {@code http://127.0.0.1:8500}
 * @param prefix without slashes at its ends; what is below it, not what begins like it
 * @param token of an access control list; sent to this address alone
 * @param timeout for the whole answer
 */
public record ConsulKeys(URI address, String prefix, Optional<Secret> token, Duration timeout) {
    private static final int LARGEST = 16 << 20;
    private static final int LONGEST_REASON = 200;
    private static final int FOUND = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOTHING = 404;

    /**
     * A key with its value.
     *
     * @param name the whole of it, prefix included
     * @param below what follows the prefix
     * @param value empty when it has none
     */
    public record Pair(String name, String below, Optional<String> value) {}

    /** Made when the first one asks; it never follows a redirection, which could lead the token elsewhere. */
    private static final class Shared {
        private static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Where it asks, as people read it. */
    public String url() {
        return url(prefix);
    }

    /** Where a key is. */
    public String url(String key) {
        String base = address.toString();
        return (base.endsWith("/") ? base : base + "/") + "v1/kv/" + key;
    }

    /** In the order of the keys; none when there are none. */
    public List<Pair> read() throws ConsulFailure, InterruptedException {
        HttpResponse<byte[]> answer = ask();
        return switch (answer.statusCode()) {
            case FOUND -> pairs(answer.body());
            case NOTHING -> List.of();
            case FORBIDDEN ->
                throw new ConsulFailure(
                        "Consul refuses " + url() + ": " + reason(answer) + ".",
                        token.isPresent()
                                ? "Give the token in tokenFile a policy with key_prefix \"" + prefix
                                        + "\" { policy = \"read\" }."
                                : "Name a file with a token that may read it: tokenFile.");
            default ->
                throw new ConsulFailure(
                        url() + " answers " + answer.statusCode() + ": " + reason(answer) + ".",
                        "Look at it with: curl -i '" + url() + "?recurse'");
        };
    }

    private HttpResponse<byte[]> ask() throws ConsulFailure, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> asked =
                Shared.CLIENT.sendAsync(request(), info -> new BoundedBody(LARGEST));
        try {
            return asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw tooLate();
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            asked.cancel(true);
        }
    }

    private HttpRequest request() {
        String path = Stream.of(prefix.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path) + "/?recurse"))
                .timeout(timeout)
                .GET();
        token.ifPresent(secret -> request.header("X-Consul-Token", secret.reveal()));
        return request.build();
    }

    private ConsulFailure tooLate() {
        return new ConsulFailure(
                url() + " has not answered within " + Durations.format(timeout) + ".",
                "Check the server, or raise the level's timeout.");
    }

    private ConsulFailure failure(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return tooLate();
        }
        if (cause instanceof BoundedBody.TooLarge) {
            return new ConsulFailure(
                    url() + " has more than " + (LARGEST >> 20) + " MiB below it.",
                    "Choose a prefix with less, one for each host perhaps.");
        }
        String why = cause instanceof IOException && cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getSimpleName();
        return new ConsulFailure(
                "Cannot reach " + url() + ": " + masked(why) + ".", "Check the address, and that Consul runs there.");
    }

    private String reason(HttpResponse<byte[]> answer) {
        String said = new String(answer.body(), StandardCharsets.UTF_8).strip().split("\\R", 2)[0];
        String shown = said.substring(0, Math.min(said.length(), LONGEST_REASON));
        return shown.isEmpty() ? "it does not say why" : masked(shown);
    }

    private String masked(String text) {
        return token.map(secret -> text.replace(secret.reveal(), Secret.MASK)).orElse(text);
    }

    private List<Pair> pairs(byte[] json) throws ConsulFailure {
        try {
            List<Pair> pairs = new ArrayList<>();
            for (JsonNode entry : JsonMapper.shared().readTree(json)) {
                pair(entry).ifPresent(pairs::add);
            }
            return pairs;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ConsulFailure(
                    url() + " answers what Consul does not: it is no list of keys.", "Check the address of the level.");
        }
    }

    /** A key that ends with a slash is what Consul's own pages make for a folder. */
    private Optional<Pair> pair(JsonNode entry) {
        String name = entry.path("Key").asString("");
        String begin = prefix + "/";
        if (!name.startsWith(begin) || name.endsWith("/")) {
            return Optional.empty();
        }
        JsonNode value = entry.path("Value");
        Optional<String> text = value.isString()
                ? Optional.of(new String(Base64.getDecoder().decode(value.asString("")), StandardCharsets.UTF_8))
                : Optional.empty();
        return Optional.of(new Pair(name, name.substring(begin.length()), text));
    }
}
