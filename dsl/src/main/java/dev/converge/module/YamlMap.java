package dev.converge.module;

import dev.converge.data.YamlMistake;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.InvalidValueException;
import dev.converge.yaml.YamlNodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A map in one of the YAML files that tell of modules, each key with its place. Tells what is wrong as it is read. */
final class YamlMap {
    private static final int ALIASES = 50;

    private final String file;
    private final SourceRange at;
    private final Map<String, NodeTuple> entries;
    private final Consumer<Diagnostic> problems;

    private YamlMap(String file, MappingNode node, Consumer<Diagnostic> problems) {
        this.file = file;
        this.at = place(file, node);
        this.problems = problems;
        this.entries = entries(node);
    }

    /** A scalar and where it stands. */
    record Text(String value, SourceRange at) {}

    /**
     * The map that a file consists of; empty when it is none, which has then been told.
     *
     * @param file its path, for diagnostics
     */
    static Optional<YamlMap> read(String file, String text, Consumer<Diagnostic> problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setMaxAliasesForCollections(ALIASES)
                .build();
        try {
            Optional<Node> root = YamlNodes.compose(settings, text);
            if (root.isPresent() && root.get() instanceof MappingNode map) {
                return Optional.of(new YamlMap(file, map, problems));
            }
            problems.accept(error("Not a map", "The file " + file + " has to consist of keys and values.")
                    .at(SourceRange.point(file, 1, 1)));
        } catch (MarkedYamlEngineException e) {
            YamlMistake mistake = YamlMistake.of(file, text, e);
            problems.accept(Diagnostic.error(Code.SYNTAX, "Syntax error", mistake.detail())
                    .at(mistake.at())
                    .suggest(mistake.advice()));
        } catch (YamlEngineException e) {
            problems.accept(Diagnostic.error(Code.SYNTAX, "Syntax error", "This is not YAML: " + e.getMessage())
                    .at(SourceRange.point(file, 1, 1)));
        }
        return Optional.empty();
    }

    static Diagnostic error(String summary, String detail) {
        return Diagnostic.error(Code.MODULE, summary, detail);
    }

    private Map<String, NodeTuple> entries(MappingNode node) {
        Map<String, NodeTuple> found = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.accept(error("Bad key", "A key has to be a word.").at(place(file, entry.getKeyNode())));
            } else if (found.putIfAbsent(key.getValue(), entry) != null) {
                problems.accept(error("Key given twice", "\"" + key.getValue() + "\" is here a second time.")
                        .at(place(file, key))
                        .suggest("Keep one of them."));
            }
        }
        return found;
    }

    List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    SourceRange at() {
        return at;
    }

    SourceRange at(String key) {
        return entries.containsKey(key) ? place(file, entries.get(key).getKeyNode()) : at;
    }

    void problem(SourceRange place, String summary, String detail, String advice) {
        problems.accept(error(summary, detail).at(place).suggest(advice));
    }

    /** Tells of every key that is none of these. */
    YamlMap allow(String... known) {
        List<String> names = List.of(known);
        for (String key : entries.keySet()) {
            if (!names.contains(key)) {
                problem(
                        at(key),
                        "Unknown key",
                        "There is no key \"" + key + "\" here.",
                        Suggestions.didYouMean(key, names)
                                .orElse("There are " + String.join(", ", names) + "; leave it out."));
            }
        }
        return this;
    }

    /** A scalar; empty when the key is not there, or has another value, which has then been told. */
    Optional<Text> text(String key) {
        return Optional.ofNullable(entries.get(key)).flatMap(entry -> scalar(key, entry.getValueNode()));
    }

    /** The same, and that it is there. */
    Optional<Text> required(String key, String example) {
        if (!has(key)) {
            problem(at, "Missing key", "\"" + key + "\" is missing.", "Add it, such as: " + key + ": " + example);
        }
        return text(key);
    }

    /** A scalar that {@code parse} understands; its refusal is told at the value. */
    <T> Optional<T> parsed(Optional<Text> text, Function<String, T> parse) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text.get().value()));
        } catch (InvalidValueException e) {
            problems.accept(error("Bad value", String.valueOf(e.getMessage()))
                    .at(text.get().at())
                    .suggest(e.advice()));
            return Optional.empty();
        }
    }

    /** The scalars of a list. */
    List<Text> list(String key) {
        if (!has(key)) {
            return List.of();
        }
        Node value = entries.get(key).getValueNode();
        if (!(value instanceof SequenceNode sequence)) {
            problem(place(file, value), "Bad value", "\"" + key + "\" has to be a list.", "Write: " + key + ": [a, b]");
            return List.of();
        }
        List<Text> texts = new ArrayList<>();
        sequence.getValue().forEach(item -> scalar(key, item).ifPresent(texts::add));
        return List.copyOf(texts);
    }

    /** The map below a key; empty when the key is not there or has no value. */
    Optional<YamlMap> map(String key) {
        Optional<Node> value = Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
        if (value.isEmpty() || isNothing(value.get())) {
            return Optional.empty();
        }
        if (value.get() instanceof MappingNode map) {
            return Optional.of(new YamlMap(file, map, problems));
        }
        problem(
                place(file, value.get()),
                "Bad value",
                "\"" + key + "\" has to be a map.",
                "Write: " + key + ": { name: value }");
        return Optional.empty();
    }

    private Optional<Text> scalar(String key, Node node) {
        if (node instanceof ScalarNode scalar && !isNothing(scalar)) {
            return Optional.of(new Text(scalar.getValue(), place(file, scalar)));
        }
        problem(place(file, node), "Bad value", "\"" + key + "\" has to be a text.", "Write: " + key + ": text");
        return Optional.empty();
    }

    /** Whether a key stands there with nothing behind it. */
    boolean isNothing(String key) {
        return has(key) && isNothing(entries.get(key).getValueNode());
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    private static SourceRange point(String file, Mark mark) {
        return SourceRange.point(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static SourceRange place(String file, Node node) {
        SourceRange start = node.getStartMark().map(mark -> point(file, mark)).orElse(SourceRange.point(file, 1, 1));
        SourceRange end = node.getEndMark().map(mark -> point(file, mark)).orElse(start);
        return node instanceof ScalarNode && end.line() == start.line()
                ? new SourceRange(file, start.line(), start.column(), end.line(), end.column())
                : start;
    }
}
