package dev.converge.language;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers compiled sites and templates, and their loaded classes, for a process that compiles for many hosts. */
final class LoadedSites {
    private final ClassLoader parent;
    private final Map<String, Loaded> known;

    /** @param most how many; the one that was not used for longest goes first */
    LoadedSites(ClassLoader parent, int most) {
        this.parent = parent;
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Loaded> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<Loaded> find(String key) {
        return Optional.ofNullable(known.get(key));
    }

    /** What is known under the key: this one, if it is the first. */
    synchronized Loaded keep(String key, CompiledSite site) {
        Loaded fresh = new Loaded(site);
        Loaded first = known.putIfAbsent(key, fresh);
        return first == null ? fresh : first;
    }

    /** One that is forgotten after the run. */
    Loaded once(CompiledSite site) {
        return new Loaded(site);
    }

    /** A compiled site, and the classes that its runs share. */
    final class Loaded {
        private final CompiledSite site;
        private int runs;
        private Optional<ClassLoader> shared = Optional.empty();

        private Loaded(CompiledSite site) {
            this.site = site;
        }

        CompiledSite site() {
            return site;
        }

        /** For the next run. The first one has a loader of its own: there may be no second, which would gain from more. */
        synchronized ClassLoader loader() {
            runs++;
            if (runs == 2) {
                shared = SharedClasses.of(site, parent);
            }
            return shared.isPresent() ? shared.get() : site.loader(parent);
        }
    }
}
