package dev.converge.cli;

import dev.converge.facts.FactSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Facts with a watch beside them: they are read while a manifest runs, and a report tells the two apart. */
final class TimedFacts implements FactSource {
    private final FactSource source;
    private long nanos;

    TimedFacts(FactSource source) {
        this.source = source;
    }

    @Override
    public synchronized Optional<Object> fact(String path) {
        long began = System.nanoTime();
        try {
            return source.fact(path);
        } finally {
            nanos += System.nanoTime() - began;
        }
    }

    @Override
    public Map<String, Object> all() {
        return source.all();
    }

    synchronized Duration took() {
        return Duration.ofNanos(nanos);
    }
}
