package dev.converge.watch;

import dev.converge.model.ResourceId;
import dev.converge.posix.MountChanges;
import dev.converge.provider.Host;
import dev.converge.provider.WatchPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notices what is mounted and unmounted on this machine; a root folder's mounts are not told of. */
final class MountWatch implements Source {
    private final Host host;
    private final Moves moves;
    private volatile Set<ResourceId> mounts = Set.of();
    private Optional<Listening> thread = Optional.empty();

    MountWatch(Host host, Moves moves) {
        this.host = host;
        this.moves = moves;
    }

    @Override
    public synchronized Set<ResourceId> watch(Map<WatchPoint, Set<ResourceId>> points) {
        mounts = points.getOrDefault(new WatchPoint.Mounts(), Set.of());
        boolean machine = host.root().getNameCount() == 0;
        if (thread.isEmpty() && !mounts.isEmpty() && machine) {
            thread = Optional.of(new Listening("mounts", this::converse));
        }
        return Set.of();
    }

    /** It cannot be told to end while it waits, so it looks up now and then. */
    private void converse() throws IOException {
        try (MountChanges changes = new MountChanges()) {
            moves.add(mounts);
            while (!Thread.currentThread().isInterrupted()) {
                if (changes.await(Duration.ofMinutes(1))) {
                    moves.add(mounts);
                }
            }
        }
    }

    @Override
    public synchronized void close() {
        thread.ifPresent(Listening::close);
    }
}
