package dev.converge.cli;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/**
 * Ctrl-C, SIGTERM, and a terminal that goes away: the first signal lets the run end what it has in hand, the second
 * ends the process, and a third does not even wait for what the second sees to. A signal that whoever started Converge
 * has ignored, as {@code nohup} does, stays ignored.
 */
final class Signals {
    private static final String[] NAMES = {"HUP", "INT", "TERM"};
    private static final int BY_SIGNAL = 128;

    private Signals() {}

    /** What SIGHUP does to a program that stays, in place of ending it. */
    static void onHangUp(Runnable reload) {
        Signal.handle(new Signal("HUP"), signal -> reload.run());
    }

    /**
     * @param first what to do when the first signal comes
     * @param last what to do before the second one ends the process
     */
    static void onInterrupt(Runnable first, Runnable last) {
        AtomicInteger count = new AtomicInteger();
        for (String name : NAMES) {
            Signal.handle(new Signal(name), signal -> {
                int number = count.getAndIncrement();
                if (number == 0) {
                    first.run();
                    return;
                }
                try {
                    if (number == 1) {
                        last.run();
                    }
                } finally {
                    Runtime.getRuntime().halt(BY_SIGNAL + signal.getNumber());
                }
            });
        }
    }
}
