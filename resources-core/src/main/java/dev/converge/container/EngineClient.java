package dev.converge.container;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A container engine that serves Docker's API: Docker itself, or podman.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/">Docker Engine API</a>
 */
final class EngineClient {
    /** All that is used here is in 1.40 of 2019; an engine that has left it behind is spoken to in its oldest. */
    static final String SPOKEN = "1.40";

    private final EngineAddress address;
    private final Path socket;
    private final String prefix;
    private final boolean podman;
    private final String product;
    private final Images images = new Images(this);

    private EngineClient(EngineAddress address, Path socket, String version, Greeting greeting) {
        this.address = address;
        this.socket = socket;
        this.prefix = "/v" + version;
        this.podman = greeting.podman();
        this.product = (podman ? "podman " : "Docker ") + greeting.version();
    }

    static EngineClient of(EngineAddress address, Path socket, Greeting greeting) {
        if (isOlder(greeting.newest(), SPOKEN)) {
            throw new ResourceFailure(
                    "The container engine at " + address + " speaks version " + greeting.newest() + " of the API, and "
                            + SPOKEN + " is needed.",
                    "Upgrade it: Docker 19.03 or podman 3.");
        }
        return new EngineClient(
                address, socket, isOlder(SPOKEN, greeting.oldest()) ? greeting.oldest() : SPOKEN, greeting);
    }

    private static boolean isOlder(String version, String than) {
        String[] mine = version.split("\\.");
        String[] other = than.split("\\.");
        int major = Integer.compare(Integer.parseInt(mine[0]), Integer.parseInt(other[0]));
        return major != 0 ? major < 0 : Integer.parseInt(mine[1]) < Integer.parseInt(other[1]);
    }

    /** A word for a path or query, whatever characters it has. */
    static String encoded(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8);
    }

    EngineAddress address() {
        return address;
    }

    /** The version of the API. */
    String spoken() {
        return prefix.substring("/v".length());
    }

    boolean isPodman() {
        return podman;
    }

    /** What it is, for people: {@code Docker 20.10.24}. */
    String product() {
        return product;
    }

    Images images() {
        return images;
    }

    /** What is at a path; empty when the engine knows no such thing. */
    Optional<Json> find(String target) throws IOException, InterruptedException {
        HttpAnswer answer = exchange(HttpCall.get(target));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(read(answer, "look up " + target));
    }

    /** What is at a path where something always is, such as a list. */
    Json get(String target) throws IOException, InterruptedException {
        return read(exchange(HttpCall.get(target)), "look up " + target);
    }

    /**
     * Makes a change.
     *
     * @param what it is to the user: {@code create the container web}
     * @throws ResourceFailure with the engine's own words when it refuses
     */
    Json change(HttpCall call, String what) throws IOException, InterruptedException {
        return read(exchange(call), what);
    }

    /** The answer as it is, for calls of which some refusals are no failures. */
    HttpAnswer exchange(HttpCall call) throws IOException, InterruptedException {
        try {
            return call.below(prefix).send(socket);
        } catch (SocketTimeoutException e) {
            throw new ResourceFailure(
                    product + " at " + address + " has not answered to " + call.method() + " " + call.target()
                            + " within " + call.limit().toSeconds() + " seconds.",
                    "See whether it is busy or hangs; its log may say why.");
        } catch (IOException e) {
            throw new ResourceFailure(
                    product + " at " + address + " broke off the conversation: " + e.getMessage() + ".",
                    "See its log; it may have been stopped or restarted.");
        }
    }

    /** The answer, unless it takes longer than the call's limit: for calls that wait for something to happen. */
    Optional<HttpAnswer> exchangeWithin(HttpCall call) throws IOException, InterruptedException {
        try {
            return Optional.of(call.below(prefix).send(socket));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    private Json read(HttpAnswer answer, String what) throws IOException {
        if (!answer.succeeded()) {
            throw refusal(answer, what);
        }
        // Progress is reported in several documents, and a failure in it comes after the answer began well.
        Json last = Json.parse(new byte[0]);
        for (Json document : documents(answer.body())) {
            Optional<String> error = document.at("error").text();
            if (error.isPresent()) {
                throw new ResourceFailure(product + " could not " + what + ": " + sentence(error.get()));
            }
            last = document;
        }
        return last;
    }

    /** podman says just "OK" here and there. */
    private static List<Json> documents(byte[] body) throws IOException {
        boolean json = body.length > 0 && (body[0] == '{' || body[0] == '[');
        return json ? Json.sequence(body) : List.of();
    }

    ResourceFailure refusal(HttpAnswer answer, String what) {
        return new ResourceFailure(product + " could not " + what + ": " + sentence(message(answer)));
    }

    private static String message(HttpAnswer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
        try {
            return Json.parse(answer.body()).at("message").text().orElse("status " + answer.status() + " " + text);
        } catch (IOException e) {
            return "status " + answer.status() + " " + text;
        }
    }

    private static String sentence(String text) {
        String trimmed = text.strip();
        return trimmed.endsWith(".") ? trimmed : trimmed + ".";
    }
}
