package dev.converge.cli;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/** Ctrl-C and SIGTERM: the first lets the run end what it has in hand, the second ends the process at once. */
final class Signals {
    private static final int BY_SIGNAL = 128;

    private Signals() {}

    /** @param first what to do when the first signal comes */
    static void onInterrupt(Runnable first) {
        AtomicInteger count = new AtomicInteger();
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(name), signal -> {
                if (count.getAndIncrement() == 0) {
                    first.run();
                } else {
                    Runtime.getRuntime().halt(BY_SIGNAL + signal.getNumber());
                }
            });
        }
    }
}
