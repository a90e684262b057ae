package dev.converge.cli;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.diagnostic.Letters;
import dev.converge.serve.ServerLog;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The log of a server, on its standard output, by a thread of its own: whoever reads it slowly keeps no machine waiting.
 * What does not fit is counted.
 */
final class ServeLog implements ServerLog, AutoCloseable {
    private static final int ROOM = 50_000;
    private static final int AT_ONCE = 1000;
    private static final long LAST_MILLIS = 2000;
    private static final String END = "";

    private final Terminal terminal;
    private final boolean accesses;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(ROOM);
    private final LongAdder lost = new LongAdder();
    private final Thread writer = new Thread(this::write, "log");

    ServeLog(Terminal terminal, boolean accesses) {
        this.terminal = terminal;
        this.accesses = accesses;
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void say(String text) {
        put(Letters.oneLine(text));
    }

    @Override
    public void tell(String text, Function<String, Optional<List<String>>> files, List<Diagnostic> problems) {
        put(Letters.oneLine(text) + "\n"
                + new DiagnosticPrinter(files, false).print(problems).stripTrailing());
    }

    @Override
    public void access(String line) {
        if (accesses) {
            put(line);
        }
    }

    private void put(String line) {
        if (!lines.offer(line)) {
            lost.increment();
        }
    }

    private void write() {
        List<String> some = new ArrayList<>();
        try {
            while (!some.contains(END)) {
                some.clear();
                some.add(lines.take());
                lines.drainTo(some, AT_ONCE);
                terminal.print(text(some));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String text(List<String> some) {
        String time = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
        StringBuilder out = new StringBuilder();
        for (String line : some) {
            if (!line.equals(END)) {
                out.append(time).append(' ').append(line).append('\n');
            }
        }
        long missing = lost.sumThenReset();
        if (missing > 0) {
            out.append(time).append(' ').append(missing).append(" lines were lost: they were not read fast enough\n");
        }
        return out.toString();
    }

    @Override
    public void close() throws InterruptedException {
        if (lines.offer(END, LAST_MILLIS, TimeUnit.MILLISECONDS)) {
            writer.join(LAST_MILLIS);
        }
    }
}
