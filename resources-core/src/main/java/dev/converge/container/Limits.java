package dev.converge.container;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The part of a container that can be changed while it runs: how much of the host it may take, and when it restarts. */
final class Limits {
    private Limits() {}

    /**
     * Those that the author gave, as the API takes them when a container is made or updated.
     *
     * @param live the container that is updated or replaced
     */
    static Map<String, Object> declared(ContainerResource desired, Optional<LiveContainer> live) {
        Map<String, Object> limits = new LinkedHashMap<>();
        desired.restart().ifPresent(policy -> {
            Map<String, Object> restart = new LinkedHashMap<>();
            restart.put("Name", policy.word());
            restart.put("MaximumRetryCount", policy.retries());
            limits.put("RestartPolicy", restart);
        });
        desired.memory().ifPresent(size -> {
            limits.put("Memory", size.bytes());
            limits.put("MemorySwap", memoryAndSwap(size.bytes(), live));
        });
        desired.cpus().ifPresent(limit -> limits.put("NanoCpus", limit.nanos()));
        desired.pidsLimit().ifPresent(count -> limits.put("PidsLimit", count == 0 ? -1 : count));
        return limits;
    }

    /**
     * As much swap as somebody gave it, else as much as memory, as engines have it by themselves. Always said: the old sum
     * may be below the new memory.
     */
    private static long memoryAndSwap(long memory, Optional<LiveContainer> live) {
        long oldMemory = live.map(old -> old.host("Memory").number()).orElse(0L);
        long oldSum = live.map(old -> old.host("MemorySwap").number()).orElse(0L);
        boolean chosen = memory > 0 && oldMemory > 0 && oldSum != 0 && oldSum != oldMemory * 2;
        if (!chosen) {
            return memory * 2;
        }
        return oldSum < 0 ? oldSum : memory + oldSum - oldMemory;
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
