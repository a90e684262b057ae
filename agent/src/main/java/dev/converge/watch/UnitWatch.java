package dev.converge.watch;

import dev.converge.model.ResourceId;
import dev.converge.provider.Host;
import dev.converge.provider.WatchPoint;
import dev.converge.systemd.UnitSignals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notices what systemd tells of its units, on a host that was booted with it. */
final class UnitWatch implements Source {
    private static final Path BOOTED = Path.of("/run/systemd/system");

    private final Host host;
    private final Moves moves;
    private volatile Map<String, Set<ResourceId>> units = Map.of();
    private Optional<Listening> thread = Optional.empty();
    private volatile Optional<UnitSignals> signals = Optional.empty();

    UnitWatch(Host host, Moves moves) {
        this.host = host;
        this.moves = moves;
    }

    @Override
    public Set<ResourceId> watch(Map<WatchPoint, Set<ResourceId>> points) {
        Map<String, Set<ResourceId>> wanted = new HashMap<>();
        points.forEach((point, ids) -> {
            if (point instanceof WatchPoint.Unit unit) {
                wanted.put(unit.name(), ids);
            }
        });
        units = wanted;
        if (thread.isEmpty() && !wanted.isEmpty() && Files.isDirectory(host.path(BOOTED))) {
            thread = Optional.of(new Listening("units", this::converse));
        }
        return Set.of();
    }

    /** What was missed before it began, or since the last one ended, is unknown. */
    private void converse() throws IOException {
        try (UnitSignals opened = UnitSignals.connect(host.path(Path.of("/")))) {
            signals = Optional.of(opened);
            Heard heard = new Heard();
            heard.allMoved();
            while (true) {
                opened.listen(Duration.ofMinutes(1), heard);
            }
        }
    }

    private final class Heard implements UnitSignals.Listener {
        @Override
        public void moved(String unit) {
            moves.add(units.getOrDefault(unit, Set.of()));
        }

        @Override
        public void allMoved() {
            Set<ResourceId> all = new LinkedHashSet<>();
            units.values().forEach(all::addAll);
            moves.add(all);
        }
    }

    @Override
    public void close() {
        thread.ifPresent(Listening::close);
        signals.ifPresent(UnitSignals::close);
    }
}
