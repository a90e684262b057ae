package dev.converge.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The containers of an engine: looking at one, and the steps of which every change is made. */
final class Containers {
    /** What the engine needs besides the time that the container has to end by itself. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final int LOG_HEADER = 8;

    private final EngineClient engine;

    Containers(EngineClient engine) {
        this.engine = engine;
    }

    /** The container of that name. The engine takes the beginning of an id for a name, too; that is another one. */
    Optional<LiveContainer> find(String name) throws IOException, InterruptedException {
        return look(name).filter(live -> live.name().equals(name));
    }

    Optional<LiveContainer> look(String nameOrId) throws IOException, InterruptedException {
        Optional<Json> json = engine.find("/containers/" + nameOrId + "/json");
        if (json.isEmpty()) {
            return Optional.empty();
        }
        String image = json.get().at("Image").text().orElse("");
        Optional<ImageDetails> details = engine.images().find(image);
        return Optional.of(new LiveContainer(json.get(), details.orElse(ImageDetails.UNKNOWN)));
    }

    List<String> names() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (Json container : engine.get("/containers/json?all=1").items()) {
            for (String name : container.at("Names").texts()) {
                String bare = name.startsWith("/") ? name.substring(1) : name;
                // One with a slash inside is the name of a link to it.
                if (bare.indexOf('/') < 0) {
                    names.add(bare);
                }
            }
        }
        return names.stream().sorted().toList();
    }

    /**
     * The names of the containers, running or not, that use something.
     *
     * @param kind what it is: {@code network} or {@code volume}
     * @param isUser whether one that the engine finds is of exactly that name
     */
    List<String> users(String kind, ContainerName name, Predicate<Json> isUser)
            throws IOException, InterruptedException {
        String filter = EngineClient.encoded("{\"" + kind + "\":[\"" + name + "\"]}");
        return engine.get("/containers/json?all=1&filters=" + filter).items().stream()
                .filter(container -> engine.isPodman() || isUser.test(container))
                .map(container -> container.at("Names").texts().stream()
                        .findFirst()
                        .orElse("?")
                        .replace("/", ""))
                .toList();
    }

    void start(String id, String shown) throws IOException, InterruptedException {
        engine.change(HttpCall.post("/containers/" + id + "/start"), "start the container " + shown);
    }

    void stop(LiveContainer live, Duration timeout) throws IOException, InterruptedException {
        if (live.isPaused()) {
            unpause(live);
        }
        HttpCall call = HttpCall.post("/containers/" + live.id() + "/stop?t=" + timeout.toSeconds());
        engine.change(call.within(timeout.plus(GRACE)), "stop the container " + live.name());
    }

    void restart(LiveContainer live, Duration timeout) throws IOException, InterruptedException {
        HttpCall call = HttpCall.post("/containers/" + live.id() + "/restart?t=" + timeout.toSeconds());
        engine.change(call.within(timeout.plus(GRACE)), "restart the container " + live.name());
    }

    void unpause(LiveContainer live) throws IOException, InterruptedException {
        engine.change(HttpCall.post("/containers/" + live.id() + "/unpause"), "unpause the container " + live.name());
    }

    void rename(String id, String name) throws IOException, InterruptedException {
        HttpCall call = HttpCall.post("/containers/" + id + "/rename?name=" + EngineClient.encoded(name));
        engine.change(call, "rename a container to " + name);
    }

    void update(LiveContainer live, ContainerResource desired) throws IOException, InterruptedException {
        HttpCall call = HttpCall.post("/containers/" + live.id() + "/update");
        engine.change(
                call.with(HttpCall.Body.of(Limits.declared(desired, Optional.of(live)))),
                "change the limits of the container " + live.name());
    }

    /** Removes a stopped container, if it is still there; its volumes stay. */
    void remove(String id, String shown) throws IOException, InterruptedException {
        delete("/containers/" + id, shown);
    }

    /** Removes what a replacement has made and nobody has used yet, or may go on using. */
    void discard(String id, String shown) throws IOException, InterruptedException {
        delete("/containers/" + id + "?force=1", shown);
    }

    private void delete(String target, String shown) throws IOException, InterruptedException {
        HttpAnswer answer = engine.exchange(HttpCall.delete(target));
        // One with --rm is gone as soon as it has stopped, or on its way (409).
        if (!answer.succeeded() && answer.status() != 404 && look(shown).isPresent()) {
            throw engine.refusal(answer, "remove the container " + shown);
        }
    }

    /** Waits for a container's end, but not longer; whether it has ended. */
    boolean ends(String id, Duration within) throws IOException, InterruptedException {
        return engine.exchangeWithin(HttpCall.post("/containers/" + id + "/wait?condition=not-running")
                        .within(within))
                .isPresent();
    }

    /** The last lines of what a container has said; empty when nobody keeps them. */
    List<String> lastLines(LiveContainer live, int count) throws IOException, InterruptedException {
        HttpAnswer answer =
                engine.exchange(HttpCall.get("/containers/" + live.id() + "/logs?stdout=1&stderr=1&tail=" + count));
        if (answer.status() != 200) {
            return List.of();
        }
        byte[] bytes = live.config("Tty").isTrue() ? answer.body() : payload(answer.body());
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Output comes in frames: which stream, three zeros, the length, the text. */
    private static byte[] payload(byte[] frames) {
        ByteBuffer in = ByteBuffer.wrap(frames);
        ByteBuffer out = ByteBuffer.allocate(frames.length);
        while (in.remaining() > LOG_HEADER) {
            in.getInt();
            int length = Math.min(Math.max(0, in.getInt()), in.remaining());
            out.put(in.slice().limit(length));
            in.position(in.position() + length);
        }
        byte[] text = new byte[out.flip().remaining()];
        out.get(text);
        return text;
    }
}
