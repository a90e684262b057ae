package dev.converge.yaml;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.InvalidValueException;
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

/** A map in a YAML file of settings, each key with its place. Tells what is wrong as it is read. */
public final class YamlMap {
    private static final int ALIASES = 50;

    private final Document document;
    private final SourceRange at;
    private final Map<String, NodeTuple> entries;

    private YamlMap(Document document, MappingNode node) {
        this.document = document;
        this.at = document.place(node);
        this.entries = entries(node);
    }

    /**
     * The file that maps are of.
     *
     * @param file its path, for diagnostics
     * @param code the kind of its problems
     * @param problems is told them
     */
    private record Document(String file, Code code, Consumer<Diagnostic> problems) {
        void tell(SourceRange place, String summary, String detail, Optional<String> advice) {
            problems.accept(Diagnostic.error(code, summary, detail).at(place).suggest(advice));
        }

        SourceRange start() {
            return SourceRange.point(file, 1, 1);
        }

        SourceRange point(Mark mark) {
            return SourceRange.point(file, mark.getLine() + 1, mark.getColumn() + 1);
        }

        SourceRange place(Node node) {
            SourceRange start = node.getStartMark().map(this::point).orElse(start());
            SourceRange end = node.getEndMark().map(this::point).orElse(start);
            return node instanceof ScalarNode && end.line() == start.line()
                    ? new SourceRange(file, start.line(), start.column(), end.line(), end.column())
                    : start;
        }
    }

    /** A scalar and where it stands. */
    public record Text(String value, SourceRange at) {}

    /**
     * The map that a file consists of; empty when it is none, which has then been told.
     *
     * @param file its path, for diagnostics
     * @param code the kind of its problems, but for those of YAML itself
     */
    public static Optional<YamlMap> read(String file, String text, Code code, Consumer<Diagnostic> problems) {
        return read(file, text, code, "name: value", problems);
    }

    /**
     * The same.
     *
     * @param example a line of such a file
     */
    public static Optional<YamlMap> read(
            String file, String text, Code code, String example, Consumer<Diagnostic> problems) {
        Document document = new Document(file, code, problems);
        Document syntax = new Document(file, Code.SYNTAX, problems);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setMaxAliasesForCollections(ALIASES)
                .build();
        try {
            Optional<Node> root = YamlNodes.compose(settings, text);
            if (root.isPresent() && root.get() instanceof MappingNode map) {
                return Optional.of(new YamlMap(document, map));
            }
            document.tell(
                    document.start(),
                    "Not a map",
                    "The file " + file + (root.isEmpty() ? " is empty: it" : "")
                            + " has to consist of keys and values.",
                    Optional.of("Write each key with its value, such as: " + example));
        } catch (MarkedYamlEngineException e) {
            YamlMistake mistake = YamlMistake.of(file, text, e);
            syntax.tell(mistake.at(), "Syntax error", mistake.detail(), Optional.of(mistake.advice()));
        } catch (YamlEngineException e) {
            syntax.tell(document.start(), "Syntax error", "This is not YAML: " + e.getMessage(), Optional.empty());
        }
        return Optional.empty();
    }

    private Map<String, NodeTuple> entries(MappingNode node) {
        Map<String, NodeTuple> found = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                document.tell(
                        document.place(entry.getKeyNode()), "Bad key", "A key has to be a word.", Optional.empty());
            } else if (found.putIfAbsent(key.getValue(), entry) != null) {
                problem(
                        document.place(key),
                        "Key given twice",
                        "\"" + key.getValue() + "\" is here a second time.",
                        "Keep one of them.");
            }
        }
        return found;
    }

    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    public boolean isList(String key) {
        return has(key) && entries.get(key).getValueNode() instanceof SequenceNode;
    }

    public SourceRange at() {
        return at;
    }

    public SourceRange at(String key) {
        return entries.containsKey(key) ? document.place(entries.get(key).getKeyNode()) : at;
    }

    public void problem(SourceRange place, String summary, String detail, String advice) {
        document.tell(place, summary, detail, Optional.of(advice));
    }

    /** Tells of every key that is none of these. */
    public YamlMap allow(String... known) {
        return allow(List.of(known));
    }

    /** The same with one more. */
    public YamlMap allow(String first, List<String> more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(more);
        return allow(all);
    }

    /** Tells of every key that is none of these. */
    public YamlMap allow(List<String> names) {
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
    public Optional<Text> text(String key) {
        return Optional.ofNullable(entries.get(key)).flatMap(entry -> scalar(key, entry.getValueNode()));
    }

    /** The same, and that it is there. */
    public Optional<Text> required(String key, String example) {
        if (!has(key)) {
            problem(at, "Missing key", "\"" + key + "\" is missing.", "Add it, such as: " + key + ": " + example);
        }
        return text(key);
    }

    /** A scalar that {@code parse} understands; its refusal is told at the value. */
    public <T> Optional<T> parsed(Optional<Text> text, Function<String, T> parse) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text.get().value()));
        } catch (InvalidValueException e) {
            document.tell(text.get().at(), "Bad value", String.valueOf(e.getMessage()), e.advice());
            return Optional.empty();
        }
    }

    /** The scalars of a list. */
    public List<Text> list(String key) {
        if (!has(key)) {
            return List.of();
        }
        Node value = entries.get(key).getValueNode();
        if (!(value instanceof SequenceNode sequence)) {
            problem(
                    document.place(value),
                    "Bad value",
                    "\"" + key + "\" has to be a list.",
                    "Write: " + key + ": [a, b]");
            return List.of();
        }
        List<Text> texts = new ArrayList<>();
        sequence.getValue().forEach(item -> scalar(key, item).ifPresent(texts::add));
        return List.copyOf(texts);
    }

    /** The maps of a list. */
    public List<YamlMap> maps(String key) {
        if (!has(key)) {
            return List.of();
        }
        Node value = entries.get(key).getValueNode();
        String example = "Write: " + key + ": [ { name: value } ]";
        if (!(value instanceof SequenceNode sequence)) {
            problem(document.place(value), "Bad value", "\"" + key + "\" has to be a list of maps.", example);
            return List.of();
        }
        List<YamlMap> maps = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (item instanceof MappingNode map) {
                maps.add(new YamlMap(document, map));
            } else {
                problem(document.place(item), "Bad value", "\"" + key + "\" has to be a list of maps.", example);
            }
        }
        return List.copyOf(maps);
    }

    /** The map below a key; empty when the key is not there or has no value. */
    public Optional<YamlMap> map(String key) {
        return map(key, "{ name: value }");
    }

    /**
     * The same.
     *
     * @param example what to write in place of something else
     */
    public Optional<YamlMap> map(String key, String example) {
        Optional<Node> value = Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
        if (value.isEmpty() || isNothing(value.get())) {
            return Optional.empty();
        }
        if (value.get() instanceof MappingNode map) {
            return Optional.of(new YamlMap(document, map));
        }
        problem(
                document.place(value.get()),
                "Bad value",
                "\"" + key + "\" has to be a map.",
                "Write: " + key + ": " + example);
        return Optional.empty();
    }

    private Optional<Text> scalar(String key, Node node) {
        if (node instanceof ScalarNode scalar && !isNothing(scalar)) {
            return Optional.of(new Text(scalar.getValue(), document.place(scalar)));
        }
        problem(document.place(node), "Bad value", "\"" + key + "\" has to be a text.", "Write: " + key + ": text");
        return Optional.empty();
    }

    /** Whether a key stands there with nothing behind it. */
    public boolean isNothing(String key) {
        return has(key) && isNothing(entries.get(key).getValueNode());
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }
}
