package dev.converge.data;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.yaml.YamlMistake;
import dev.converge.yaml.YamlNodes;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2 or JSON to values that know their places. */
final class DataDocument {
    /** More than this is no data of a site. */
    static final int LARGEST = 16 << 20;

    private DataDocument() {}

    /** All values of a file; empty files have none. Keys with dots at the top become maps. */
    static DataValue.Mapping parse(String where, String text) {
        return tree(where, text)
                .map(value -> DottedKeys.expand(map(value)))
                .orElseGet(() -> new DataValue.Mapping(Map.of(), SourceRange.point(where, 1, 1)));
    }

    /** The value that a text is; empty when there is none in it. */
    static Optional<DataValue> tree(String where, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(where)
                .setSchema(new CoreSchema())
                .setCodePointLimit(LARGEST)
                .build();
        try {
            Optional<Node> root = YamlNodes.compose(settings, withoutTabs(where, text));
            return root.map(node -> new NodeValues(where).value(node)).filter(value -> !isEmpty(value));
        } catch (MarkedYamlEngineException e) {
            YamlMistake mistake = YamlMistake.of(where, text, e);
            throw DataFailure.at(mistake.at(), "Broken data", mistake.detail(), mistake.advice());
        } catch (YamlEngineException e) {
            throw new DataFailure(broken(where, String.valueOf(e.getMessage())).at(SourceRange.point(where, 1, 1)));
        }
    }

    /** Between the tokens of JSON a tab is a space; in its texts there can be none. */
    private static String withoutTabs(String where, String text) {
        boolean json = where.toLowerCase(Locale.ROOT).endsWith(".json");
        return json ? text.replace('\t', ' ') : text;
    }

    private static boolean isEmpty(DataValue value) {
        return value instanceof DataValue.Empty;
    }

    private static DataValue.Mapping map(DataValue value) {
        if (value instanceof DataValue.Mapping map) {
            return map;
        }
        throw DataFailure.at(
                value.at(),
                "Broken data",
                "This is " + value.kind() + ", where keys with values are wanted.",
                "Write key: value, one key on each line.");
    }

    private static Diagnostic broken(String where, String why) {
        String reason = why.replaceAll("\\s*\\R\\s*", " ").strip();
        return Diagnostic.error(Code.DATA, "Broken data", where + " cannot be read: " + reason + ".")
                .suggest("Write YAML 1.2 or JSON: spaces rather than tabs before a key, and text with special"
                        + " characters in quotes.");
    }
}
