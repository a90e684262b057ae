package dev.converge.sink;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.sink.SinkState.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings reports to a server, on a thread of its own: in their order, each until it was taken. A heartbeat goes once all
 * reports have gone; a later one takes its place.
 */
final class Courier implements Sink {
    /** So often one is tried before the next is, to find out which of the two the server has trouble with. */
    private static final int PATIENCE = 10;

    private final SinkSettings.HttpSink settings;
    private final String name;
    private final Spool spool;
    private final Backoff backoff;
    private final SinkLog log;
    private final Thread thread;

    private Optional<Document> heartbeat = Optional.empty();
    private Optional<Instant> lastSent = Optional.empty();
    private Optional<Diagnostic> problem = Optional.empty();
    private long sent;
    private long failed;
    private int tries;
    private long notBefore;
    private boolean zips = true;
    private boolean closed;
    private Optional<Doubt> doubt = Optional.empty();

    /** A report that came to nothing again and again, while the next one was taken. */
    private record Doubt(Parcel parcel, String why) {}

    private Courier(SinkSettings.HttpSink settings, Spool spool, Backoff backoff, SinkLog log) {
        this.settings = settings;
        this.name = HttpPost.shown(settings.url());
        this.spool = spool;
        this.backoff = backoff;
        this.log = log;
        this.thread = new Thread(this::work, "reports to " + settings.url().getHost());
        this.notBefore = System.nanoTime();
    }

    /** @param folder where reports wait */
    static Courier start(SinkSettings.HttpSink settings, Path folder, Backoff backoff, SinkLog log) {
        Spool spool = Spool.open(folder, settings.spoolBytes(), settings.spoolAge());
        Courier courier = new Courier(settings, spool, backoff, log);
        courier.thread.setDaemon(true);
        courier.thread.start();
        return courier;
    }

    @Override
    public void report(Document report, Lost told) {
        spool.add(report, told);
        spool.problem().ifPresent(full -> log.say(name, full));
        synchronized (this) {
            notifyAll();
        }
    }

    @Override
    public synchronized void heartbeat(Document beat) {
        heartbeat = Optional.of(beat);
        notifyAll();
    }

    @Override
    public Lost lost() {
        return spool.lost();
    }

    @Override
    public synchronized SinkState state() {
        Tally tally = new Tally(sent, failed, spool.dropped(), spool.refused());
        return new SinkState(name, tally, spool.count(), spool.bytes(), lastSent, problem.or(spool::problem));
    }

    /** Each burst has a client of its own: an idle one would keep threads, and certificates that have been renewed. */
    private void work() {
        try {
            while (awaitWork()) {
                burst();
                log.moved();
            }
        } catch (InterruptedException e) {
            // Asked to end; what waits is on disk, or goes there in close().
            return;
        }
    }

    private synchronized boolean awaitWork() throws InterruptedException {
        while (!closed || isDue()) {
            boolean waiting = hasWork();
            long nanos = notBefore - System.nanoTime();
            if (waiting && nanos <= 0) {
                return true;
            }
            if (waiting) {
                wait(nanos / 1_000_000 + 1);
            } else {
                wait();
            }
        }
        return false;
    }

    private boolean hasWork() {
        return spool.count() > 0 || heartbeat.isPresent();
    }

    private boolean isDue() {
        return hasWork() && notBefore - System.nanoTime() <= 0;
    }

    private void burst() throws InterruptedException {
        try {
            HttpPost post = new HttpPost(settings);
            boolean more = true;
            while (more) {
                more = report(post);
            }
            if (spool.count() == 0) {
                beat(post);
            }
        } catch (Pem.Unfit e) {
            later(new Answer.Later(e.getMessage(), e.advice(), Optional.empty()));
        } catch (RuntimeException e) {
            // Whatever it is, such as a port that there is none of: the thread has to live for the reports to come.
            later(new Answer.Later("They cannot be sent: " + e.getMessage() + ".", "Check url.", Optional.empty()));
        }
    }

    /** Sends the first; whether another one may follow at once. */
    private boolean report(HttpPost post) throws InterruptedException {
        Optional<Parcel> first = spool.first();
        Optional<byte[]> body = first.flatMap(spool::bytes);
        if (body.isEmpty()) {
            return first.isPresent();
        }
        Parcel parcel = first.get();
        Answer answer = send(parcel, body.get(), post);
        if (answer instanceof Answer.Later later) {
            return goesOn(parcel, later, post);
        }
        if (answer instanceof Answer.Taken) {
            spool.delivered(parcel);
            works(1);
        } else if (answer instanceof Answer.Refused refused) {
            setAside(parcel, refused.why());
        } else {
            zips = false;
        }
        doubt = Optional.empty();
        return true;
    }

    private Answer send(Parcel parcel, byte[] body, HttpPost post) throws InterruptedException {
        return parcel.isZipped() && !zips
                ? post.send(unzipped(body), false, parcel.id())
                : post.send(body, parcel.isZipped(), parcel.id());
    }

    /** One that the server breaks on each time does not hold up those behind it: it is set aside once the next was taken. */
    private boolean goesOn(Parcel parcel, Answer.Later later, HttpPost post) throws InterruptedException {
        Doubt now = new Doubt(parcel, later.why());
        if (doubt.equals(Optional.of(now))) {
            doubt = Optional.empty();
            setAside(parcel, later.why() + " It takes the next one.");
            return true;
        }
        boolean past = tries + 1 >= PATIENCE && isNextTaken(post);
        doubt = past ? Optional.of(now) : Optional.empty();
        if (!past) {
            later(later);
        }
        return past;
    }

    private boolean isNextTaken(HttpPost post) throws InterruptedException {
        Optional<Parcel> next = spool.second();
        Optional<byte[]> body = next.flatMap(spool::bytes);
        if (body.isEmpty() || !(send(next.get(), body.get(), post) instanceof Answer.Taken)) {
            return false;
        }
        spool.delivered(next.get());
        works(1);
        return true;
    }

    private void setAside(Parcel parcel, String why) {
        spool.refuse(parcel);
        log.say(name, refused(parcel, why));
    }

    /** What the disk has spoilt is sent as it is: the server says what it thinks of it. */
    private static byte[] unzipped(byte[] body) {
        try {
            return Parcel.unzip(body);
        } catch (IOException e) {
            return body;
        }
    }

    private static Diagnostic refused(Parcel parcel, String why) {
        return Diagnostic.warning(Code.STATE, "Report refused", "The server does not take " + parcel.id() + ". " + why)
                .suggest("It is set aside in the state directory, in sinks/…/refused.");
    }

    private void beat(HttpPost post) throws InterruptedException {
        Optional<Document> beat;
        synchronized (this) {
            beat = heartbeat;
            heartbeat = Optional.empty();
        }
        if (beat.isEmpty()) {
            return;
        }
        Document document = beat.get();
        Answer answer = post.send(document.json().getBytes(StandardCharsets.UTF_8), false, document.id());
        if (answer instanceof Answer.Taken) {
            works(0);
        } else if (answer instanceof Answer.Later later) {
            later(later);
            synchronized (this) {
                heartbeat = heartbeat.or(() -> beat);
            }
        } else if (answer instanceof Answer.Refused refused) {
            log.say(name, Diagnostic.warning(Code.STATE, "Heartbeat refused", refused.why()));
        }
    }

    private void works(int reports) {
        boolean wasBad;
        synchronized (this) {
            sent += reports;
            tries = 0;
            lastSent = Optional.of(Instant.now());
            wasBad = problem.isPresent();
            problem = Optional.empty();
        }
        if (wasBad) {
            log.better(name);
        }
    }

    private void later(Answer.Later answer) {
        Diagnostic why = Diagnostic.warning(Code.STATE, "Reports cannot be sent", answer.why())
                .suggest(answer.advice());
        boolean news;
        synchronized (this) {
            failed++;
            tries++;
            Duration pause = backoff.after(tries);
            Duration asked = answer.after().map(pause::plus).orElse(pause);
            notBefore = System.nanoTime() + asked.toNanos();
            news = !problem.equals(Optional.of(why));
            problem = Optional.of(why);
        }
        if (news) {
            log.say(name, why);
        }
    }

    /** Sends what can be sent at once, and leaves the rest on disk. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        Farewell.to(thread);
        spool.settle();
    }
}
