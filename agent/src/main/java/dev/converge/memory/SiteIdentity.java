package dev.converge.memory;

import dev.converge.report.Ingredients;
import dev.converge.report.RunKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which site a run is of, and in which state. Only what was applied of the same site is compared: two manifests that
 * are run in turn have nothing to do with each other.
 */
public final class SiteIdentity {
    private final String name;
    private final Ingredients from;
    private final boolean live;
    private String mark;

    private SiteIdentity(String name, Ingredients from, boolean live) {
        this.name = name;
        this.from = from;
        this.live = live;
    }

    /** @param kind whether the run may write anything */
    public static SiteIdentity of(Ingredients from, RunKind kind) {
        return new SiteIdentity(name(from), from, kind == RunKind.LIVE);
    }

    /** The same for a site that stays the same wherever each of its commits lies. */
    public static SiteIdentity named(String name, Ingredients from, RunKind kind) {
        return new SiteIdentity(name, from, kind == RunKind.LIVE);
    }

    /** A site is where it is, by whatever links one gets there. */
    private static String name(Ingredients from) {
        Path root = from.site().root();
        try {
            root = root.toRealPath();
        } catch (IOException e) {
            // It is gone by now; its name is as good.
        }
        return from.site().alone() ? root.resolve(from.site().manifest()).toString() : root.toString();
    }

    /** Where the site is, whatever links lead there. */
    public String name() {
        return name;
    }

    /** Changes when the site does, or a fact that was read. */
    String mark() {
        if (mark == null) {
            mark = from.mark();
        }
        return mark;
    }

    Optional<String> commit() {
        return from.commit();
    }

    boolean live() {
        return live;
    }
}
