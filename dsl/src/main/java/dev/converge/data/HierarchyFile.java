package dev.converge.data;

import dev.converge.data.DataValue.Mapping;
import dev.converge.data.DataValue.Scalar;
import dev.converge.data.DataValue.Sequence;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.vault.KeyFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code hierarchy.yaml}. */
final class HierarchyFile {
    static final String NAME = "hierarchy.yaml";

    private static final String KEY_FILE = KeyFile.USUAL.toString();
    private static final String ALONE = "common.yaml";
    private static final int VERSION = 1;

    private final String owner;
    private final DataFolder folder;
    private final List<Diagnostic> problems = new ArrayList<>();

    HierarchyFile(String owner, DataFolder folder) {
        this.owner = owner;
        this.folder = folder;
    }

    Checked<Hierarchy> read(boolean isThere, Reading reading) {
        if (!isThere) {
            return Checked.of(alone());
        }
        try {
            String text = folder.text(NAME, reading.bounds()).orElse("");
            return Checked.unlessErrors(
                    hierarchy(reading.parse(folder.shown(NAME), text), new PathFacts(reading.facts())), problems);
        } catch (DataFailure e) {
            return Checked.failed(e.diagnostic());
        }
    }

    private Hierarchy alone() {
        Level level = new FileLevel(
                "common", folder, List.of(new PathPattern(ALONE)), false, LevelForm.decipher(folder, KEY_FILE));
        return new Hierarchy(owner, List.of(level), MergeRules.NONE);
    }

    private Hierarchy hierarchy(Mapping file, PathFacts facts) {
        Options options = new Options(file, problems::add);
        version(options);
        String keyFile = options.text("keyFile").orElse(KEY_FILE);
        List<Level> levels = levels(options, keyFile, facts);
        MergeRules merges = merges(options);
        options.refuseOthers("A hierarchy");
        return new Hierarchy(owner, levels, merges);
    }

    private static void version(Options options) {
        Optional<DataValue> version = options.value("version");
        boolean fine = version.isPresent()
                && Integer.valueOf(VERSION).equals(version.get().plain());
        if (!fine) {
            options.problem(
                    version.map(DataValue::at).orElse(options.at()),
                    "A hierarchy says which version of the format it is in, and this Converge knows " + VERSION + ".",
                    "Write version: " + VERSION);
        }
    }

    private List<Level> levels(Options options, String keyFile, PathFacts facts) {
        List<Level> levels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Optional<DataValue> written = options.value("levels");
        if (!(written.orElse(null) instanceof Sequence list)) {
            options.problem(
                    written.map(DataValue::at).orElse(options.at()),
                    "A hierarchy has a list of levels.",
                    "Write levels: and below it - { name: common, path: common.yaml }");
            return levels;
        }
        for (DataValue element : list.elements()) {
            if (element instanceof Mapping level) {
                LevelForm form = new LevelForm(folder, new Options(level, problems::add), keyFile, facts);
                form.level().ifPresent(known -> {
                    levels.add(known);
                    if (!names.add(known.name())) {
                        options.problem(
                                level.at(), "Two levels are called \"" + known.name() + "\".", "Rename one of them.");
                    }
                });
            } else {
                options.problem(
                        element.at(),
                        "A level is a map, and this is " + element.kind() + ".",
                        "Write - { name: common, path: common.yaml }");
            }
        }
        return levels;
    }

    private MergeRules merges(Options options) {
        Map<String, Merge> rules = new LinkedHashMap<>();
        Optional<DataValue> written = options.value("merge");
        if (written.isEmpty()) {
            return MergeRules.NONE;
        }
        if (!(written.get() instanceof Mapping map)) {
            options.problem(written.get().at(), "\"merge\" is a map of keys.", "Write merge: { ntp.servers: unique }");
            return MergeRules.NONE;
        }
        map.entries().forEach((key, entry) -> merge(entry.value()).ifPresent(merge -> rules.put(key, merge)));
        return new MergeRules(rules);
    }

    private Optional<Merge> merge(DataValue value) {
        if (value instanceof Mapping map) {
            Options options = new Options(map, problems::add);
            Optional<Merge.Strategy> strategy = options.value("strategy").flatMap(word -> strategy(options, word));
            Optional<String> knockout = options.text("knockout");
            if (!options.has("strategy")) {
                options.problem(map.at(), "This says not how values are merged.", "Write strategy: deep");
            }
            options.refuseOthers("A rule of merging");
            return strategy.map(known -> new Merge(known, knockout));
        }
        return strategy(new Options(new Mapping(Map.of(), value.at()), problems::add), value)
                .map(Merge::of);
    }

    private static Optional<Merge.Strategy> strategy(Options options, DataValue word) {
        String text = word instanceof Scalar scalar ? String.valueOf(scalar.value()) : word.kind();
        Optional<Merge.Strategy> strategy = Merge.Strategy.of(text);
        if (strategy.isEmpty()) {
            SourceRange at = word.at();
            List<String> words = Merge.Strategy.words();
            options.problem(
                    at,
                    "Values are not merged by \"" + text + "\".",
                    Suggestions.didYouMean(text, words).orElse("Write one of " + String.join(", ", words) + "."));
        }
        return strategy;
    }
}
