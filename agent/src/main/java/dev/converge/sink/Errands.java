package dev.converge.sink;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.IoReason;
import dev.converge.sink.SinkState.Tally;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;

/** Hands documents over one after the other, on a thread of its own: a disk or a program that hangs holds up no run. */
final class Errands implements Sink {
    private static final int MOST = 100;

    /** Where documents go. */
    interface Way {
        /** @throws ResourceFailure when it has come to nothing, with what to do */
        void hand(Document document, boolean heartbeat) throws IOException, InterruptedException;

        /** Whether heartbeats are for it: to one that gets none, they must not count as having arrived. */
        default boolean takesHeartbeats() {
            return true;
        }
    }

    private record Errand(Document document, boolean heartbeat) {}

    private final String name;
    private final Way way;
    private final SinkLog log;
    private final Thread thread;
    private final ArrayDeque<Errand> errands = new ArrayDeque<>();

    private Lost lost = Lost.NOTHING;
    private Optional<Instant> lastSent = Optional.empty();
    private Optional<Diagnostic> problem = Optional.empty();
    private Tally tally = new Tally(0, 0, 0, 0);
    private boolean closed;

    private Errands(String name, Way way, SinkLog log) {
        this.name = name;
        this.way = way;
        this.log = log;
        this.thread = new Thread(this::work, "reports to " + name);
    }

    static Errands start(String name, Way way, SinkLog log) {
        Errands errands = new Errands(name, way, log);
        errands.thread.setDaemon(true);
        errands.thread.start();
        return errands;
    }

    @Override
    public synchronized void report(Document report, Lost told) {
        lost = lost.minus(told);
        add(new Errand(report, false));
    }

    @Override
    public synchronized void heartbeat(Document beat) {
        if (!way.takesHeartbeats()) {
            return;
        }
        errands.removeIf(Errand::heartbeat);
        add(new Errand(beat, true));
    }

    private synchronized void add(Errand errand) {
        errands.add(errand);
        if (errands.size() > MOST) {
            errands.remove();
            lost = lost.plusDropped(Instant.now());
            tally = new Tally(tally.sent(), tally.failed(), tally.dropped() + 1, 0);
        }
        notifyAll();
    }

    private void work() {
        try {
            for (Optional<Errand> next = next(); next.isPresent(); next = next()) {
                run(next.get());
                log.moved();
            }
        } catch (InterruptedException e) {
            synchronized (this) {
                errands.clear();
            }
        }
    }

    private synchronized Optional<Errand> next() throws InterruptedException {
        while (errands.isEmpty() && !closed) {
            wait();
        }
        return Optional.ofNullable(errands.poll());
    }

    private void run(Errand errand) throws InterruptedException {
        try {
            way.hand(errand.document(), errand.heartbeat());
            done(errand);
        } catch (IOException e) {
            IoReason reason = IoReason.ofNamed(e);
            failed(errand, reason.sentence(), reason.advice());
        } catch (ResourceFailure e) {
            failed(errand, String.valueOf(e.getMessage()), e.advice());
        } catch (RuntimeException e) {
            // Whatever it is: the thread has to live for the reports to come.
            failed(errand, "A bug in Converge: " + e + ".", Optional.of("Please report it."));
        }
    }

    private void done(Errand errand) {
        boolean wasBad;
        synchronized (this) {
            wasBad = problem.isPresent();
            problem = Optional.empty();
            lastSent = Optional.of(Instant.now());
            tally = new Tally(tally.sent() + (errand.heartbeat() ? 0 : 1), tally.failed(), tally.dropped(), 0);
        }
        if (wasBad) {
            log.better(name);
        }
    }

    private void failed(Errand errand, String why, Optional<String> advice) {
        Diagnostic now =
                Diagnostic.warning(Code.STATE, "Report not handed over", why).suggest(advice);
        boolean news;
        synchronized (this) {
            news = !problem.equals(Optional.of(now));
            problem = Optional.of(now);
            int one = errand.heartbeat() ? 0 : 1;
            tally = new Tally(tally.sent(), tally.failed() + 1, tally.dropped() + one, 0);
            lost = errand.heartbeat() ? lost : lost.plusDropped(Instant.now());
        }
        if (news) {
            log.say(name, now);
        }
    }

    @Override
    public synchronized Lost lost() {
        return lost;
    }

    @Override
    public synchronized SinkState state() {
        long bytes = errands.stream()
                .mapToLong(errand -> errand.document().json().length())
                .sum();
        return new SinkState(name, tally, errands.size(), bytes, lastSent, problem);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        Farewell.to(thread);
    }
}
