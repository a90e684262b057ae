package dev.converge.watch;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Catalog;
import dev.converge.model.ResourceId;
import dev.converge.provider.Host;
import dev.converge.provider.WatchPoint;
import dev.converge.report.Report;
import dev.converge.schema.TypeRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Says what of a catalog may have moved on the host, a moment after it has. Whatever cannot be noticed so is found by
 * runs of all.
 *
 * <p>What the agent's own run does is noticed like everything else: the look that follows finds it in sync, and that is
 * the end of it. So nothing is lost that somebody else does meanwhile, and what does not come to rest is a fight, and
 * treated as one.
 */
public final class DriftWatch implements AutoCloseable {
    private static final int NAMED = 5;

    private final TypeRegistry types;
    private final Host host;
    private final Moves moves;
    private final Fights fights;
    private final WatchSettings settings;
    private final List<Source> sources;
    private boolean filesToo;

    public DriftWatch(TypeRegistry types, Host host, WatchSettings settings) {
        this.types = types;
        this.host = host;
        this.moves = new Moves(settings);
        this.fights = new Fights(settings.fights(), System::nanoTime);
        this.settings = settings;
        this.sources = new CopyOnWriteArrayList<>(
                List.of(new UnitWatch(host, moves), new EngineWatch(host, moves), new MountWatch(host, moves)));
        files();
    }

    /** Once more before each run of all: what the kernel had none of may be there again. */
    private void files() {
        if (filesToo) {
            return;
        }
        try {
            sources.add(new FileWatch(host, settings.folders(), moves));
            filesToo = true;
        } catch (IOException e) {
            // It is told with what is watched.
        }
    }

    /**
     * Watches what a catalog names, and nothing else, from now on. What is watched is complete before this returns, so
     * that a run of all that begins then misses nothing.
     *
     * @return what cannot be watched, so that runs of all alone look at it
     */
    public List<Diagnostic> watch(Catalog catalog) throws InterruptedException {
        host.invalidateAll();
        Map<WatchPoint, Set<ResourceId>> points = Points.of(catalog, types, host);
        List<Diagnostic> problems = new ArrayList<>();
        files();
        if (!filesToo) {
            problems.add(noFiles());
        }
        Set<ResourceId> missed = new LinkedHashSet<>();
        sources.forEach(source -> missed.addAll(source.watch(points)));
        if (!missed.isEmpty()) {
            problems.add(tooMany(missed, catalog.resources().size()));
        }
        return problems;
    }

    private static Diagnostic noFiles() {
        return Diagnostic.warning(
                        Code.STATE,
                        "Files are not watched",
                        "The kernel gives this account no more of what it takes (inotify instances or open files). What"
                                + " moves is found by the next run of all.")
                .suggest("Raise fs.inotify.max_user_instances.");
    }

    private static Diagnostic tooMany(Set<ResourceId> missed, int all) {
        List<String> names =
                missed.stream().limit(NAMED).map(ResourceId::toString).toList();
        String rest = missed.size() > NAMED ? " and " + (missed.size() - NAMED) + " more" : "";
        return Diagnostic.warning(
                        Code.STATE,
                        "Not all can be watched",
                        missed.size() + " of " + all + " resources are looked at by runs of all alone, since no more"
                                + " folders can be watched: " + String.join(", ", names) + rest + ".")
                .suggest("Raise fs.inotify.max_user_watches.");
    }

    /** Waits until something has moved and has come to rest; nothing when nothing has in that time, or on {@link #wake}. */
    public Moved await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long left = Math.max(0, end - System.nanoTime());
            long next = fights.next().orElse(Long.MAX_VALUE);
            Moves.Told told = moves.await(Duration.ofNanos(Math.max(0, Math.min(left, next))));
            Set<ResourceId> ids = new LinkedHashSet<>(fights.admit(told.moved().ids()));
            ids.addAll(fights.released());
            Moved moved = new Moved(ids, told.moved().everything(), told.moved().first());
            if (!moved.isEmpty() || told.woken() || left == 0) {
                return moved.isEmpty() ? Moved.NOTHING : moved.since(Instant.now());
            }
        }
    }

    /** Ends the wait of whoever waits. */
    public void wake() {
        moves.wake();
    }

    /**
     * Takes note of what a run had to put right.
     *
     * @return for its report: what is fought over, and left alone for a while
     */
    public List<Diagnostic> settle(Report report) {
        return fights.settle(report);
    }

    /** What is fought over, and left alone for a while. */
    public List<Diagnostic> fights() {
        return fights.going();
    }

    @Override
    public void close() {
        sources.forEach(Source::close);
    }
}
