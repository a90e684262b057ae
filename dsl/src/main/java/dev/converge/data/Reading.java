package dev.converge.data;

import dev.converge.facts.Facts;
import java.util.function.BiConsumer;

/**
 * What levels read with, in one compile.
 *
 * @param facts of the host that is compiled for
 * @param documents parsed before, maybe by other compiles
 * @param read is told of each text that is read: where it is from, and the text
 */
public record Reading(Facts facts, ParsedDocuments documents, BiConsumer<String, String> read) {
    /** The values of a text, which counts as read. */
    DataValue.Mapping parse(String where, String text) {
        read.accept(where, text);
        return documents.parse(where, text);
    }
}
