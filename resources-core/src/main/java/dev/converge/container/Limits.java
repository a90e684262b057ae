package dev.converge.container;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

    /** Whether they differ from a container's in a way that its engine cannot change in place. */
    static boolean needNewContainer(ContainerResource desired, LiveContainer live, boolean podman) {
        boolean otherPolicy = isOther(desired.restart(), RestartPolicy.of(live.host("RestartPolicy")));
        boolean otherMemory = isOther(desired.memory(), memory(live));
        boolean otherCpus = isOther(desired.cpus(), cpus(live));
        boolean otherPids = isOther(desired.pidsLimit(), pids(live));
        if (podman) {
            return otherPolicy || otherMemory || otherCpus || otherPids;
        }
        // To Docker, zero says that a limit stays as it is.
        boolean freed = otherMemory && desired.memory().orElseThrow().bytes() == 0;
        return freed || (otherCpus && desired.cpus().orElseThrow().nanos() == 0);
    }

    private static <T> boolean isOther(Optional<T> desired, T live) {
        return desired.isPresent() && !desired.get().equals(live);
    }

    static ByteSize memory(LiveContainer live) {
        return new ByteSize(live.host("Memory").number());
    }

    static CpuLimit cpus(LiveContainer live) {
        return new CpuLimit(live.host("NanoCpus").number());
    }

    /** No limit is zero, or less. */
    static int pids(LiveContainer live) {
        return (int) Math.max(0, live.host("PidsLimit").number());
    }
}
