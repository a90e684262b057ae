package dev.converge.vault;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.yaml.YamlNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Finds every value of a YAML or JSON text, in the order in which they stand there. */
final class Scalars {
    /** Before a value that is to be encrypted. */
    static final String SECRET_TAG = "!secret";

    private static final int INDENT = 2;
    private static final int LARGEST = 32 << 20;
    private static final Pattern ANCHOR = Pattern.compile("&\\S+\\s+");

    private final String file;
    private final String text;
    private final List<Scalar> found = new ArrayList<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Scalars(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** @param file its name, for messages */
    static Checked<List<Scalar>> of(String file, String text) {
        Scalars scalars = new Scalars(file, text);
        try {
            Optional<Node> root = YamlNodes.compose(settings(file), withoutTabs(file, text));
            root.ifPresent(node -> scalars.visit(node, "", false, 0));
            return Checked.of(scalars.found);
        } catch (MarkedYamlEngineException e) {
            Diagnostic told = syntax(e.getProblem());
            return Checked.failed(
                    e.getProblemMark().map(scalars::place).map(told::at).orElse(told));
        } catch (YamlEngineException e) {
            return Checked.failed(syntax(e.getMessage()));
        }
    }

    /** As lookups read the file. */
    private static LoadSettings settings(String file) {
        return LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setCodePointLimit(LARGEST)
                .build();
    }

    /** Between the tokens of JSON a tab is a space, which takes as much room. */
    private static String withoutTabs(String file, String text) {
        return file.toLowerCase(Locale.ROOT).endsWith(".json") ? text.replace('\t', ' ') : text;
    }

    /** The parser quotes no more than a word or a letter of the text. */
    private static Diagnostic syntax(String problem) {
        return Diagnostic.error(Code.SYNTAX, "Syntax error", "This is no YAML: " + problem + ".");
    }

    private void visit(Node node, String path, boolean inFlow, int indent) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof ScalarNode scalar) {
            add(scalar, path, inFlow, indent);
            return;
        }
        boolean flow = inFlow || ((CollectionNode<?>) node).getFlowStyle() == FlowStyle.FLOW;
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                Node key = entry.getKeyNode();
                String name = key instanceof ScalarNode scalar ? scalar.getValue() : "?";
                visit(entry.getValueNode(), join(path, name), flow, column(key) + INDENT);
            }
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                visit(list.getValue().get(i), join(path, String.valueOf(i)), flow, column(node) + INDENT);
            }
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private void add(ScalarNode node, String path, boolean inFlow, int indent) {
        int start = index(node.getStartMark());
        int end = index(node.getEndMark());
        Matcher anchor = ANCHOR.matcher(text).region(start, end);
        int value = anchor.lookingAt() ? anchor.end() : start;
        while (end > value && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        SourceRange at = node.getStartMark().map(this::place).orElseGet(() -> SourceRange.point(file, 1, 1));
        found.add(new Scalar(path, node.getValue(), kind(node), value, end, inFlow, indent, at));
    }

    private static Scalar.Kind kind(ScalarNode node) {
        if (node.getTag().getValue().equals(SECRET_TAG)) {
            return Scalar.Kind.SECRET;
        }
        if (!node.getTag().equals(Tag.STR)) {
            return Scalar.Kind.OTHER;
        }
        return EncryptedValue.isMeant(node.getValue()) ? Scalar.Kind.ENCRYPTED : Scalar.Kind.TEXT;
    }

    /** A mark counts code points, a string its parts. */
    private int index(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(0);
    }

    private SourceRange place(Mark mark) {
        return SourceRange.point(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
