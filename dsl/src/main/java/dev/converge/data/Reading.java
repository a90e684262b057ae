package dev.converge.data;

import dev.converge.facts.Facts;
import java.util.function.BiConsumer;

/**
 * What levels read with, in one compile.
 *
 * @param facts of the host that is compiled for
 * @param documents parsed before, maybe by other compiles
 * @param read is told of each text that is read: where it is from, and the text
 * @param outside programs and servers
 * @param bounds what files have to be in
 */
public record Reading(
        Facts facts, ParsedDocuments documents, BiConsumer<String, String> read, Outside outside, SiteBounds bounds) {
    /** For files wherever they are. */
    public Reading(Facts facts, ParsedDocuments documents, BiConsumer<String, String> read, Outside outside) {
        this(facts, documents, read, outside, SiteBounds.ANYWHERE);
    }

    /** For what is read from files alone. */
    public Reading(Facts facts, ParsedDocuments documents, BiConsumer<String, String> read) {
        this(facts, documents, read, Outside.NONE);
    }

    /** The values of a text, which counts as read. */
    DataValue.Mapping parse(String where, String text) {
        read.accept(where, text);
        return documents.parse(where, text);
    }
}
