package dev.converge.container;

import java.util.LinkedHashMap;
import java.util.Map;

/** The part of a container that can be changed while it runs: how much of the host it may take, and when it restarts. */
final class Limits {
    private Limits() {}

    /** Those that the author gave, as the API takes them when a container is made or updated. */
    static Map<String, Object> declared(ContainerResource desired) {
        Map<String, Object> limits = new LinkedHashMap<>();
        desired.restart().ifPresent(policy -> {
            Map<String, Object> restart = new LinkedHashMap<>();
            restart.put("Name", policy.word());
            restart.put("MaximumRetryCount", policy.retries());
            limits.put("RestartPolicy", restart);
        });
        desired.memory().ifPresent(size -> {
            limits.put("Memory", size.bytes());
            // As much swap again, as engines have it by themselves; said, since the old limit may be below the new one.
            limits.put("MemorySwap", size.bytes() * 2);
        });
        desired.cpus().ifPresent(limit -> limits.put("NanoCpus", limit.nanos()));
        desired.pidsLimit().ifPresent(count -> limits.put("PidsLimit", count == 0 ? -1 : count));
        return limits;
    }
}
