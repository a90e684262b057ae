package dev.converge.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a container engine tells of what moves in it, as long as one listens.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.40/#tag/System/operation/SystemEvents">Events of
 *     the Docker Engine API</a>
 */
public final class EngineEvents implements AutoCloseable {
    /** Longer than an engine runs; nothing on a socket waits without an end. */
    private static final Duration LONG = Duration.ofDays(365);

    /** What may be another state afterwards; looking at things, and what runs inside of containers, is told as well. */
    private static final Map<String, Set<String>> MOVES = Map.of(
            "container",
            Set.of(
                    "create", "start", "restart", "stop", "kill", "die", "died", "oom", "pause", "unpause", "rename",
                    "update", "destroy", "remove"),
            "image",
            Set.of("pull", "tag", "untag", "delete", "remove", "import", "load", "loadfromarchive"),
            "network",
            Set.of("create", "destroy", "remove"),
            "volume",
            Set.of("create", "destroy", "remove"));

    private final TimedChannel channel;
    private final AnswerBody body;

    private EngineEvents(TimedChannel channel, AnswerBody body) {
        this.channel = channel;
        this.body = body;
    }

    /**
     * Something that has moved.
     *
     * @param kind {@code container}, {@code image}, {@code network} or {@code volume}
     * @param name what the engine calls it; empty when all of the kind may have moved
     */
    public record Event(String kind, Optional<String> name) {}

    /** Where an engine listens on a host: where it is said to, or at the first usual place that there is. */
    public static Optional<Path> socket(Optional<Path> given, Path root) {
        List<Path> places = given.map(List::of).orElse(KnownEngines.USUAL);
        return places.stream()
                .map(place -> on(root, place))
                .filter(Files::exists)
                .findFirst();
    }

    private static Path on(Path root, Path place) {
        return root.resolve(place.toString().substring(1));
    }

    /** Listens to the engine at a socket of this machine; what moves from now on is told. */
    public static EngineEvents listen(Path socket) throws IOException {
        TimedChannel channel = TimedChannel.connect(socket, LONG);
        try {
            String head = "GET /v" + EngineClient.SPOKEN + "/events HTTP/1.1\r\nHost: engine\r\n\r\n";
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            return new EngineEvents(channel, AnswerBody.of(channel));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Waits for the next one; an interrupt ends that.
     *
     * @throws IOException when the engine has ended, or was interrupted
     */
    public Event next() throws IOException {
        while (true) {
            Optional<Event> event = event(Json.parse(body.line()));
            if (event.isPresent()) {
                return event.get();
            }
        }
    }

    private static Optional<Event> event(Json said) {
        String kind = said.at("Type").text().orElse("");
        String action =
                said.at("Action").text().or(() -> said.at("status").text()).orElse("");
        if (!MOVES.getOrDefault(kind, Set.of()).contains(action)) {
            return Optional.empty();
        }
        Json actor = said.at("Actor");
        Optional<String> name = kind.equals("volume")
                ? actor.at("ID").text()
                : actor.at("Attributes").at("name").text();
        // An image has many names, and a container that is renamed had another one.
        boolean any = kind.equals("image") || action.equals("rename");
        return Optional.of(new Event(kind, any ? Optional.empty() : name));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
