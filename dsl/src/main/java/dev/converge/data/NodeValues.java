package dev.converge.data;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.yaml.YamlNodes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the nodes of one document into values. */
final class NodeValues {
    /** Aliases let a small file stand for a huge tree; no site has so many values in one file. */
    private static final int MOST = 1_000_000;

    /** What a double can say has up to 309 digits before the point, and 324 zeros behind it. */
    private static final int MOST_DIGITS = 400;

    private static final int SHOWN = 60;

    private final String file;
    private int count;
    private int depth;

    NodeValues(String file) {
        this.file = file;
    }

    DataValue value(Node node) {
        SourceRange at = range(node);
        if (++count > MOST || node.isRecursive()) {
            throw DataFailure.at(
                    at,
                    "Broken data",
                    "The aliases of this file stand for a tree that does not end.",
                    "Write the values out, or use fewer aliases.");
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, at);
        }
        if (++depth > YamlNodes.DEEPEST) {
            throw DataFailure.at(
                    at,
                    "Broken data",
                    "With its aliases in place, " + YamlNodes.TOO_DEEP + ".",
                    "Write the values out, or use fewer aliases.");
        }
        DataValue value = node instanceof MappingNode map ? map(map, at) : list((SequenceNode) node, at);
        depth--;
        return value;
    }

    private DataValue list(SequenceNode node, SourceRange at) {
        List<DataValue> elements = new ArrayList<>(node.getValue().size());
        node.getValue().forEach(element -> elements.add(value(element)));
        return new DataValue.Sequence(elements, at);
    }

    private DataValue map(MappingNode node, SourceRange at) {
        Map<String, DataValue.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            SourceRange keyAt = range(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw DataFailure.at(
                        keyAt, "Broken data", "A key is a text, not a list or a map.", "Write it in quotes.");
            }
            DataValue.Entry entry = new DataValue.Entry(key.getValue(), keyAt, value(tuple.getValueNode()));
            DataValue.Entry first = entries.putIfAbsent(entry.key(), entry);
            if (first != null) {
                throw twice(entry.key(), keyAt, first.keyAt());
            }
        }
        return new DataValue.Mapping(entries, at);
    }

    /** The same key given two times in one file. */
    static DataFailure twice(String key, SourceRange at, SourceRange first) {
        return new DataFailure(Diagnostic.error(Code.DATA, "Duplicate key", "The key \"" + key + "\" is given twice.")
                .at(at)
                .suggest("Keep one of them.")
                .related(Related.at("first given here", first)));
    }

    private static DataValue scalar(ScalarNode node, SourceRange at) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.STR)) {
            return new DataValue.Scalar(text, at);
        }
        if (tag.equals(Tag.BOOL)) {
            return new DataValue.Scalar(text.equalsIgnoreCase("true"), at);
        }
        if (tag.equals(Tag.NULL)) {
            return new DataValue.Empty(at);
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return new DataValue.Scalar(number(tag, text).orElseThrow(() -> noNumber(text, at)), at);
        }
        throw DataFailure.at(
                at, "Broken data", "The tag " + tag + " is not known.", "Write plain text, in quotes, or a number.");
    }

    private static DataFailure noNumber(String text, SourceRange at) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return DataFailure.at(
                at,
                "Broken data",
                shown + " is no number that a site can use.",
                "Write it in quotes if it is meant as text.");
    }

    /** Empty for what is none, and for numbers so large or small that it takes for ever to reckon with them. */
    private static Optional<Number> number(Tag tag, String text) {
        try {
            if (text.length() > MOST_DIGITS) {
                return Optional.empty();
            }
            if (tag.equals(Tag.INT)) {
                return Optional.of(integer(text));
            }
            BigDecimal number = new BigDecimal(text);
            return Optional.<Number>of(number).filter(fine -> Math.abs((long) number.scale()) <= MOST_DIGITS);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Number integer(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        BigInteger value = digits.startsWith("0x")
                ? new BigInteger(digits.substring(2), 16)
                : digits.startsWith("0o") ? new BigInteger(digits.substring(2), 8) : new BigInteger(digits);
        if (value.bitLength() < Integer.SIZE) {
            return value.intValue();
        }
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    private SourceRange range(Node node) {
        Optional<Mark> start = node.getStartMark();
        if (start.isEmpty()) {
            return SourceRange.point(file, 1, 1);
        }
        int line = start.get().getLine() + 1;
        int column = start.get().getColumn() + 1;
        boolean oneLine = node instanceof ScalarNode
                && node.getEndMark().map(end -> end.getLine() + 1 == line).orElse(false);
        int end = oneLine ? node.getEndMark().get().getColumn() + 1 : column;
        return new SourceRange(file, line, column, line, end);
    }
}
