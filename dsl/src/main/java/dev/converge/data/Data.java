package dev.converge.data;

import dev.converge.data.DataValue.Empty;
import dev.converge.data.DataValue.Entry;
import dev.converge.data.DataValue.Mapping;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The data of a site for one host: hierarchies that are asked one after the other, the site's own first. */
public final class Data {
    private static final int DEEPEST = 64;

    private final List<Hierarchy> hierarchies;
    private final List<Asked> levels = new ArrayList<>();
    private final List<Diagnostic> foreign = new ArrayList<>();

    /** A level, and what it had, once it has been asked. */
    private static final class Asked {
        private final Hierarchy of;
        private final String hierarchy;
        private final Level level;
        private final Reading reading;
        private final Consumer<Diagnostic> foreign;
        private List<Source> sources;
        private DataFailure failure;

        Asked(Hierarchy of, Level level, Reading reading, Consumer<Diagnostic> foreign) {
            this.of = of;
            this.hierarchy = of.owner();
            this.level = level;
            this.reading = reading;
            this.foreign = foreign;
        }

        List<Source> sources() {
            if (failure != null) {
                throw failure;
            }
            if (sources == null) {
                try {
                    sources = level.read(reading).stream().map(this::own).toList();
                } catch (DataFailure e) {
                    failure = e;
                    throw e;
                }
            }
            return sources;
        }

        private Source own(Source source) {
            return source instanceof Source.Values values && !of.room().equals(KeyRoom.ALL)
                    ? new Source.Values(values.where(), of.room().of(values.tree(), this::tell))
                    : source;
        }

        private void tell(String key, Entry entry) {
            foreign.accept(Diagnostic.warning(
                            Code.UNKNOWN_KEY,
                            "Key of another module",
                            "The key \"" + key + "\" is not used: the data of the " + hierarchy
                                    + " answers only keys that begin with its name.")
                    .at(entry.keyAt())
                    .suggest("Put it into the data of the site."));
        }

        Step without(Source source, String why) {
            return new Step(hierarchy, level.name(), source.where(), Optional.empty(), why);
        }
    }

    /** The key under which values are merged, and how. */
    private record Rule(String key, Merge merge) {}

    /** @param hierarchies the first one is asked first */
    public Data(List<Hierarchy> hierarchies, Reading reading) {
        this.hierarchies = List.copyOf(hierarchies);
        for (Hierarchy hierarchy : hierarchies) {
            hierarchy.levels().forEach(level -> levels.add(new Asked(hierarchy, level, reading, foreign::add)));
        }
    }

    /** Whether there is nothing to ask. */
    public boolean isEmpty() {
        return levels.isEmpty();
    }

    /** Whether some of it is in no file: it may be another one a moment later. */
    public boolean asksOutside() {
        return levels.stream().anyMatch(level -> level.level.isFar());
    }

    /** Warnings about keys that were found where they cannot be answered. */
    public List<Diagnostic> foreign() {
        return List.copyOf(foreign);
    }

    /** The value of a key, merged as the hierarchies say. */
    public Lookup lookup(String key) {
        return lookup(key, Optional.empty());
    }

    /**
     * The value of a key.
     *
     * @param asked how to merge, whatever the hierarchies say
     * @throws DataFailure when a level that has to be asked cannot be read, or values cannot be merged
     */
    public Lookup lookup(String key, Optional<Merge> asked) {
        Rule rule = asked.map(merge -> new Rule(key, merge)).orElseGet(() -> rule(key));
        List<Step> steps = new ArrayList<>();
        List<DataValue> values = new ArrayList<>();
        for (Asked level : levels) {
            if (rule.merge().isFirst() && !values.isEmpty()) {
                steps.add(new Step(level.hierarchy, level.level.name(), "", Optional.empty(), "not asked"));
            } else {
                ask(level, rule, steps, values);
            }
        }
        Optional<DataValue> value = values.isEmpty()
                ? Optional.empty()
                : Merging.of(rule.key(), rule.merge(), values).flatMap(merged -> dig(merged, rule, key));
        return new Lookup(key, rule.merge(), rule.key(), value, steps);
    }

    private static Optional<DataValue> dig(DataValue merged, Rule rule, String key) {
        if (rule.key().equals(key)) {
            return Optional.of(merged);
        }
        return merged instanceof Mapping map
                ? map.find(key.substring(rule.key().length() + 1)).map(Entry::value)
                : Optional.empty();
    }

    private static void ask(Asked level, Rule rule, List<Step> steps, List<DataValue> values) {
        for (Source source : level.sources()) {
            if (rule.merge().isFirst() && !values.isEmpty()) {
                steps.add(level.without(source, "not asked"));
                continue;
            }
            if (!(source instanceof Source.Values known)) {
                steps.add(level.without(source, ((Source.Nothing) source).why()));
                continue;
            }
            Optional<DataValue> written =
                    known.tree().find(rule.key()).map(Entry::value).filter(value -> !(value instanceof Empty));
            if (written.isEmpty()) {
                steps.add(level.without(source, "has no " + rule.key()));
                continue;
            }
            DataValue value = Opened.of(written.get(), level.level.decipher());
            values.add(value);
            steps.add(new Step(level.hierarchy, level.level.name(), source.where(), Optional.of(value), ""));
        }
    }

    /** A rule about the beginning of a key holds for what is in it too: merged first, then dug into. */
    private Rule rule(String key) {
        for (String begin = key; !begin.isEmpty(); begin = begin.substring(0, Math.max(0, begin.lastIndexOf('.')))) {
            for (Hierarchy hierarchy : hierarchies) {
                Optional<Merge> merge =
                        hierarchy.room().holds(begin) ? hierarchy.merges().of(begin) : Optional.empty();
                if (merge.isPresent()) {
                    return new Rule(begin, merge.get());
                }
            }
        }
        return new Rule(key, Merge.FIRST);
    }

    /** What stands below a key in each place that costs no more than a file, and in those that have been asked. */
    public List<Entry> below(String key) {
        List<Entry> entries = new ArrayList<>();
        for (Mapping tree : trees()) {
            Optional<Entry> found = tree.find(key);
            if (found.isPresent() && found.get().value() instanceof Mapping map) {
                entries.addAll(map.entries().values());
            }
        }
        return entries;
    }

    /** The first words of all keys in these places. */
    public Set<String> begins() {
        Set<String> begins = new TreeSet<>();
        trees().forEach(tree -> begins.addAll(tree.entries().keySet()));
        return begins;
    }

    /** All keys in these places, with dots, for suggestions. */
    public TreeSet<String> keys() {
        TreeSet<String> keys = new TreeSet<>();
        trees().forEach(tree -> add("", tree, keys, 0));
        return keys;
    }

    private static void add(String prefix, Mapping map, TreeSet<String> keys, int depth) {
        for (Entry entry : map.entries().values()) {
            keys.add(prefix + entry.key());
            if (entry.value() instanceof Mapping inner && depth < DEEPEST) {
                add(prefix + entry.key() + ".", inner, keys, depth + 1);
            }
        }
    }

    private List<Mapping> trees() {
        List<Mapping> trees = new ArrayList<>();
        for (Asked asked : levels) {
            if (asked.sources == null && asked.level.isFar()) {
                continue;
            }
            for (Source source : asked.sources()) {
                if (source instanceof Source.Values values) {
                    trees.add(values.tree());
                }
            }
        }
        return trees;
    }
}
