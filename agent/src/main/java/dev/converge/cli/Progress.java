package dev.converge.cli;

import dev.converge.converger.RunListener;
import dev.converge.diagnostic.Letters;
import dev.converge.model.Declared;
import dev.converge.report.ResourceReport;
import java.util.LinkedHashSet;
import java.util.Set;

/** One line on a terminal that tells how far a long run is; it goes away when something is printed and at the end. */
final class Progress implements RunListener, AutoCloseable {
    private static final long FIRST_AFTER_MILLIS = 1_000;
    private static final long EVERY_MILLIS = 200;
    private static final int WIDTH = 76;
    private static final String ERASE = "\r\u001b[K";

    private final RunListener inner;
    private final Terminal terminal;
    private final Set<String> inHand = new LinkedHashSet<>();
    private int total;
    private int done;
    private boolean shown;
    private boolean closed;

    /** @param inner what tells the results; it prints without a progress line in its way */
    Progress(RunListener inner, Terminal terminal) {
        this.inner = inner;
        this.terminal = terminal;
    }

    @Override
    public synchronized void runStarted(int resources) {
        total = resources;
        Thread painter = new Thread(this::paint, "progress");
        painter.setDaemon(true);
        painter.start();
        inner.runStarted(resources);
    }

    @Override
    public synchronized void resourceStarted(Declared<?> resource) {
        inHand.add(resource.id().toString());
        inner.resourceStarted(resource);
    }

    @Override
    public synchronized void resourceFinished(ResourceReport report) {
        inHand.remove(report.declared().id().toString());
        done++;
        erase();
        inner.resourceFinished(report);
    }

    private synchronized void paint() {
        try {
            long pause = FIRST_AFTER_MILLIS;
            while (!closed) {
                wait(pause);
                if (!closed) {
                    show();
                }
                pause = EVERY_MILLIS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        String line = done + " of " + total + "  " + Letters.oneLine(String.join(", ", inHand));
        terminal.complain(ERASE + (line.length() <= WIDTH ? line : line.substring(0, WIDTH) + "…"));
        shown = true;
    }

    private void erase() {
        if (shown) {
            terminal.complain(ERASE);
            shown = false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        erase();
        notifyAll();
    }
}
