package dev.converge.testing;

import dev.converge.schema.TypeRegistry;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run of the specs of a module: where it is, what its specs may write, and what they have looked at.
 *
 * @param home the folder of the module or site that is tested
 * @param cache where compiled manifests are kept from one run to the next
 * @param updateGoldens whether golden catalogs are written instead of compared
 * @param coverage grows while the specs run
 * @param types the resource types of Converge; modules may bring more
 */
public record TestRun(Path home, Path cache, boolean updateGoldens, Coverage coverage, TypeRegistry types) {
    private static final AtomicReference<TestRun> CURRENT = new AtomicReference<>();

    /** @param home the folder of the module or site that is tested */
    public TestRun(Path home, Path cache, boolean updateGoldens) {
        this(home, cache, updateGoldens, new Coverage(), TypeRegistry.of(TestRun.class.getClassLoader()));
    }

    /** Does something during which this is the run that specs belong to: JUnit makes them, and hands nothing on. */
    public <T> T during(Callable<T> work) throws Exception {
        TestRun around = CURRENT.getAndSet(this);
        try {
            return work.call();
        } finally {
            CURRENT.set(around);
        }
    }

    static TestRun current() {
        TestRun run = CURRENT.get();
        if (run == null) {
            throw new IllegalStateException("Specs of manifests are run by: converge module test");
        }
        return run;
    }
}
