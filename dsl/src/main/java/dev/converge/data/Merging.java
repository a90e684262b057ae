package dev.converge.data;

import dev.converge.data.DataValue.Empty;
import dev.converge.data.DataValue.Entry;
import dev.converge.data.DataValue.Mapping;
import dev.converge.data.DataValue.Scalar;
import dev.converge.data.DataValue.Sequence;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes one value of those of several levels. */
final class Merging {
    private final String key;
    private final Merge merge;

    private Merging(String key, Merge merge) {
        this.key = key;
        this.merge = merge;
    }

    /**
     * One value of several; empty when the highest one knocks all of them out.
     *
     * @param key what they are the values of, for messages
     * @param values at least one, that of the highest level first
     * @throws DataFailure when one is of a kind that cannot be merged so
     */
    static Optional<DataValue> of(String key, Merge merge, List<DataValue> values) {
        Merging merging = new Merging(key, merge);
        return switch (merge.strategy()) {
            case FIRST -> Optional.of(values.get(0));
            case UNIQUE -> Optional.of(merging.unique(values));
            case HASH -> merging.above(values, merging::hash);
            case DEEP -> merging.above(values, merging::deep);
        };
    }

    private DataValue unique(List<DataValue> values) {
        for (DataValue value : values) {
            if (value instanceof Mapping) {
                throw cannot(value, "lists");
            }
        }
        return joined(values);
    }

    /** What is made of the values above the one that is nothing but the knock-out. */
    private Optional<DataValue> above(List<DataValue> values, Function<List<DataValue>, DataValue> merged) {
        List<DataValue> counting =
                values.stream().takeWhile(value -> !isKnockout(value)).toList();
        return counting.isEmpty() ? Optional.empty() : Optional.of(merged.apply(counting));
    }

    private boolean isKnockout(DataValue value) {
        return knockedOut(value).filter(String::isEmpty).isPresent();
    }

    /** Higher levels first; what one of them knocks out is in none of them and in no lower one. */
    private Sequence joined(List<DataValue> values) {
        Set<Object> seen = new LinkedHashSet<>();
        List<DataValue> all = new ArrayList<>();
        for (DataValue value : values) {
            List<DataValue> elements = value instanceof Sequence list ? list.elements() : List.of(value);
            boolean last = false;
            for (DataValue element : elements) {
                Optional<String> out = knockedOut(element);
                last |= out.isPresent() && out.get().isEmpty();
                if (out.isPresent()) {
                    seen.add(out.get());
                } else if (!(element instanceof Empty) && seen.add(identity(element))) {
                    all.add(element);
                }
            }
            if (last) {
                break;
            }
        }
        return new Sequence(all, values.get(0).at());
    }

    /** The value that an element takes away; empty text for all of lower levels. */
    private Optional<String> knockedOut(DataValue element) {
        return element instanceof Scalar scalar && scalar.value() instanceof String text
                ? knockedOut(text)
                : Optional.empty();
    }

    private Optional<String> knockedOut(String text) {
        return merge.knockout().filter(text::startsWith).map(out -> text.substring(out.length()));
    }

    /** Numbers are the same as the texts that knock them out; secrets are told apart, which their masks are not. */
    private static Object identity(DataValue element) {
        if (element instanceof Scalar scalar) {
            return scalar.value() instanceof Number number ? number.toString() : scalar.value();
        }
        if (element instanceof Sequence list) {
            return list.elements().stream().map(Merging::identity).toList();
        }
        if (element instanceof Mapping map) {
            Map<String, Object> all = new HashMap<>();
            map.entries().forEach((key, entry) -> all.put(key, identity(entry.value())));
            return all;
        }
        return Optional.empty();
    }

    private Mapping hash(List<DataValue> values) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Set<String> gone = new LinkedHashSet<>();
        for (DataValue value : values) {
            if (!(value instanceof Mapping map)) {
                throw cannot(value, "maps");
            }
            for (Entry entry : map.entries().values()) {
                Optional<String> out = knockedOut(entry.key());
                if (out.isPresent()) {
                    gone.add(out.get());
                } else if (isKnockout(entry.value())) {
                    gone.add(entry.key());
                } else if (!gone.contains(entry.key()) && !(entry.value() instanceof Empty)) {
                    entries.putIfAbsent(entry.key(), entry);
                }
            }
        }
        return new Mapping(entries, values.get(0).at());
    }

    private DataValue deep(List<DataValue> values) {
        DataValue highest = values.get(0);
        if (highest instanceof Mapping) {
            return deepMaps(ofOneKind(values));
        }
        return highest instanceof Sequence ? joined(ofOneKind(values)) : highest;
    }

    /**
     * The lists or the maps that are joined: down to a text, number or boolean, which hides those of lower levels.
     *
     * @throws DataFailure when a list stands for a map or a map for a list: all of it would be lost
     */
    private List<DataValue> ofOneKind(List<DataValue> values) {
        DataValue highest = values.get(0);
        List<DataValue> same = new ArrayList<>();
        for (DataValue value : values) {
            if (value instanceof Scalar || value instanceof Empty) {
                break;
            }
            if (value.getClass() != highest.getClass()) {
                throw mixed(value, highest);
            }
            same.add(value);
            if (value instanceof Sequence list && list.elements().stream().anyMatch(this::isKnockout)) {
                break;
            }
        }
        return same;
    }

    private Mapping deepMaps(List<DataValue> maps) {
        Map<String, List<Entry>> byKey = new LinkedHashMap<>();
        Set<String> gone = new LinkedHashSet<>();
        for (DataValue map : maps) {
            for (Entry entry : ((Mapping) map).entries().values()) {
                Optional<String> out = knockedOut(entry.key());
                if (out.isPresent()) {
                    gone.add(out.get());
                } else if (!gone.contains(entry.key()) && !(entry.value() instanceof Empty)) {
                    add(entry, byKey, gone);
                }
            }
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        byKey.forEach((name, several) ->
                entries.put(name, new Entry(name, several.get(0).keyAt(), merged(several))));
        return new Mapping(entries, maps.get(0).at());
    }

    /** A value that is nothing but the knock-out takes the key away from lower levels. */
    private void add(Entry entry, Map<String, List<Entry>> byKey, Set<String> gone) {
        if (isKnockout(entry.value())) {
            gone.add(entry.key());
        } else {
            byKey.computeIfAbsent(entry.key(), name -> new ArrayList<>()).add(entry);
        }
    }

    private DataValue merged(List<Entry> several) {
        return deep(several.stream().map(Entry::value).toList());
    }

    private DataFailure mixed(DataValue value, DataValue highest) {
        String detail = "\"" + key + "\" is merged by " + merge.strategy().word() + ", and this is " + value.kind()
                + " where a higher level has " + highest.kind() + ".";
        return new DataFailure(Diagnostic.error(Code.DATA, "Cannot be merged", detail)
                .at(value.at())
                .suggest("Make both the same, or choose another way of merging.")
                .related(Related.at(highest.kind() + " of a higher level", highest.at())));
    }

    private DataFailure cannot(DataValue value, String wanted) {
        return DataFailure.at(
                value.at(),
                "Cannot be merged",
                "\"" + key + "\" is merged by " + merge.strategy().word() + ", which takes " + wanted + ", and this is "
                        + value.kind() + ".",
                "Make it one of these " + wanted + ", or choose another way of merging.");
    }
}
