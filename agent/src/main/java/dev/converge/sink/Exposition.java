package dev.converge.sink;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Writes figures in Prometheus' text format, 0.0.4. */
public final class Exposition {
    private final StringBuilder out = new StringBuilder();
    private String name = "";

    /** Begins figures that go up and down. */
    public Exposition gauge(String metric, String help) {
        return begin(metric, help, "gauge");
    }

    /** Begins figures that only grow. */
    public Exposition counter(String metric, String help) {
        return begin(metric, help, "counter");
    }

    private Exposition begin(String metric, String help, String type) {
        name = metric;
        out.append("# HELP ").append(metric).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
        return this;
    }

    public Exposition value(long value) {
        return sample("", String.valueOf(value));
    }

    public Exposition value(Optional<Instant> moment) {
        moment.ifPresent(known -> sample("", decimal(known.getEpochSecond(), known.getNano())));
        return this;
    }

    public Exposition value(String label, String is, long value) {
        return sample(labels(Map.of(label, is)), String.valueOf(value));
    }

    public Exposition value(String label, String is, Duration value) {
        return sample(labels(Map.of(label, is)), decimal(value.getSeconds(), value.getNano()));
    }

    /** @param labels in the order in which they are written */
    public Exposition value(Map<String, String> labels, long value) {
        return sample(labels(labels), String.valueOf(value));
    }

    /**
     * How often something took how long.
     *
     * @param bounds in microseconds, rising
     * @param counts how many were within each bound and above the one before, and last those above all
     * @param micros the sum of all
     */
    public Exposition histogram(String metric, String help, long[] bounds, long[] counts, long micros) {
        begin(metric, help, "histogram");
        long sum = 0;
        for (int i = 0; i < bounds.length; i++) {
            sum += counts[i];
            line("_bucket{le=\"" + seconds(bounds[i]) + "\"}", String.valueOf(sum));
        }
        sum += counts[bounds.length];
        line("_bucket{le=\"+Inf\"}", String.valueOf(sum));
        line("_sum", seconds(micros));
        line("_count", String.valueOf(sum));
        return this;
    }

    private void line(String suffix, String value) {
        out.append(name).append(suffix).append(' ').append(value).append('\n');
    }

    private static String seconds(long micros) {
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }

    private Exposition sample(String labels, String value) {
        out.append(name).append(labels).append(' ').append(value).append('\n');
        return this;
    }

    private static String decimal(long seconds, int nanos) {
        String millis = String.valueOf(nanos / 1_000_000 + 1000);
        return seconds + "." + millis.substring(1);
    }

    private static String labels(Map<String, String> labels) {
        StringBuilder text = new StringBuilder("{");
        labels.forEach((label, value) -> text.append(text.length() > 1 ? "," : "")
                .append(label)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"'));
        return text.append('}').toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
