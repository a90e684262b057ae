package dev.converge.agent;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.host.LocalHost;
import dev.converge.model.Catalog;
import dev.converge.report.Report;
import dev.converge.schema.TypeRegistry;
import dev.converge.watch.DriftWatch;
import dev.converge.watch.Moved;
import dev.converge.watch.WatchSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Semaphore;

/** Wakes the loop when the host has moved: one wish at a time, what moves meanwhile is in the next. */
final class Sentry implements AutoCloseable {
    private static final Duration LONG = Duration.ofDays(1);

    private final Machine machine;
    private final DriftSettings settings;
    private final Queue<Wish> wishes;
    private final Semaphore turn = new Semaphore(0);
    private volatile Optional<Post> post = Optional.empty();

    Sentry(Machine machine, DriftSettings settings, Queue<Wish> wishes) {
        this.machine = machine;
        this.settings = settings;
        this.wishes = wishes;
    }

    /**
     * One watch, for the types of a commit.
     *
     * @param resources how many are watched
     * @param problems which of them cannot be
     */
    private record Post(
            TypeRegistry types, DriftWatch watch, Thread thread, int resources, List<Diagnostic> problems) {}

    /** Watches what a catalog names from now on. */
    List<Diagnostic> watch(TypeRegistry types, Catalog catalog) throws InterruptedException {
        if (!settings.events()) {
            return List.of();
        }
        Post known = post.filter(last -> last.types().equals(types)).orElseGet(() -> posted(types));
        List<Diagnostic> problems = known.watch().watch(catalog);
        post = Optional.of(new Post(
                types, known.watch(), known.thread(), catalog.resources().size(), List.copyOf(problems)));
        return problems;
    }

    /** Types come with a commit, and go with it. */
    private Post posted(TypeRegistry types) {
        close();
        DriftWatch watch = new DriftWatch(
                types,
                new LocalHost(machine.root(), machine.commands(), path -> {}),
                WatchSettings.USUAL.quiet(settings.debounce()));
        Thread thread = new Thread(() -> stand(watch), "sentry");
        thread.setDaemon(true);
        turn.drainPermits();
        turn.release();
        thread.start();
        return new Post(types, watch, thread, 0, List.of());
    }

    private void stand(DriftWatch watch) {
        try {
            while (true) {
                turn.acquire();
                Moved moved = watch.await(LONG);
                while (moved.isEmpty()) {
                    moved = watch.await(LONG);
                }
                wishes.add(new Wish.Drift(
                        moved.everything() ? Optional.empty() : Optional.of(moved.ids()),
                        moved.first().orElseGet(Instant::now)));
            }
        } catch (InterruptedException e) {
            // The watch has ended.
            Thread.currentThread().interrupt();
        }
    }

    /** What it has told last was looked at. */
    void relieved() {
        if (turn.availablePermits() == 0) {
            turn.release();
        }
    }

    /** Takes note of what a run had to put right: what is fought over. */
    List<Diagnostic> settle(Report report) {
        return post.map(known -> known.watch().settle(report)).orElse(List.of());
    }

    /** What cannot be watched, and what something else keeps changing back. */
    List<Diagnostic> problems() {
        List<Diagnostic> all = new ArrayList<>();
        post.ifPresent(known -> {
            all.addAll(known.problems());
            all.addAll(known.watch().fights());
        });
        return all;
    }

    /** For people. */
    Optional<String> sentence() {
        return post.map(
                known -> known.resources() + (known.resources() == 1 ? " resource" : " resources") + ", for changes");
    }

    @Override
    public void close() {
        post.ifPresent(known -> {
            known.thread().interrupt();
            known.watch().close();
        });
        post = Optional.empty();
    }
}
