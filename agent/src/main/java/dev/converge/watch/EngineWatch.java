package dev.converge.watch;

import dev.converge.container.EngineEvents;
import dev.converge.model.ResourceId;
import dev.converge.provider.Host;
import dev.converge.provider.WatchPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notices what container engines tell; each is listened to by a thread of its own. */
final class EngineWatch implements Source {
    private final Host host;
    private final Moves moves;
    private volatile Map<WatchPoint.Engine, Set<ResourceId>> kept = Map.of();
    private final Map<Optional<Path>, Listening> threads = new HashMap<>();

    EngineWatch(Host host, Moves moves) {
        this.host = host;
        this.moves = moves;
    }

    @Override
    public synchronized Set<ResourceId> watch(Map<WatchPoint, Set<ResourceId>> points) {
        Map<WatchPoint.Engine, Set<ResourceId>> wanted = new HashMap<>();
        points.forEach((point, ids) -> {
            if (point instanceof WatchPoint.Engine engine) {
                wanted.put(engine, ids);
            }
        });
        kept = wanted;
        for (WatchPoint.Engine engine : wanted.keySet()) {
            threads.computeIfAbsent(engine.socket(), socket -> new Listening("containers", () -> converse(socket)));
        }
        return Set.of();
    }

    /** What was missed before it began, or since the last one ended, is unknown. */
    private void converse(Optional<Path> given) throws IOException {
        Optional<Path> socket = EngineEvents.socket(given, host.path(Path.of("/")));
        if (socket.isEmpty()) {
            return;
        }
        try (EngineEvents events = EngineEvents.listen(socket.get())) {
            moved(given, Optional.empty(), Optional.empty());
            while (true) {
                EngineEvents.Event event = events.next();
                moved(given, Optional.of(event.kind()), event.name());
            }
        } finally {
            // An engine that ends takes along what it keeps.
            moved(given, Optional.empty(), Optional.empty());
        }
    }

    private void moved(Optional<Path> socket, Optional<String> kind, Optional<String> name) {
        Set<ResourceId> moved = new LinkedHashSet<>();
        kept.forEach((point, ids) -> {
            boolean meant = point.socket().equals(socket)
                    && kind.map(point.kind()::equals).orElse(true)
                    && name.map(point.name()::equals).orElse(true);
            if (meant) {
                moved.addAll(ids);
            }
        });
        moves.add(moved);
    }

    @Override
    public synchronized void close() {
        threads.values().forEach(Listening::close);
    }
}
