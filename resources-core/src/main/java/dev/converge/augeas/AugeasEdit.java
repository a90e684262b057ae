package dev.converge.augeas;

import dev.converge.model.Identified;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Secret;
import dev.converge.model.Sensitive;
import dev.converge.model.Text;
import dev.converge.schema.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One step of an edit, in the words of augtool(1).
 *
 * @param verb what it does
 * @param words the paths, labels and values that it does it with, in the verb's order
 */
public record AugeasEdit(Verb verb, List<Text> words) implements Sensitive, Identified {
    private static final String SYNTAX =
            "Write set PATH VALUE, setm BASE SUB VALUE, rm PATH, clear PATH, clearm BASE SUB,"
                    + " touch PATH, ins LABEL before PATH (or after), or mv PATH PATH.";

    /** What an edit can do. */
    enum Verb {
        SET,
        SETM,
        RM,
        CLEAR,
        CLEARM,
        TOUCH,
        INS,
        MV,
        /** No edit: a node that an edit would change, as it is now. */
        FOUND
    }

    public AugeasEdit {
        words = List.copyOf(words);
    }

    /** Gives the node a value; makes it when it is missing. */
    @Word
    public static AugeasEdit set(String path, Text value) {
        return of(Verb.SET, Text.of(path), value);
    }

    /** Gives all nodes at {@code sub} below each node of the base a value. */
    @Word
    public static AugeasEdit setm(String base, String sub, Text value) {
        return of(Verb.SETM, Text.of(base), Text.of(sub), value);
    }

    /** Removes the nodes and all below them. */
    @Word
    public static AugeasEdit rm(String path) {
        return of(Verb.RM, Text.of(path));
    }

    /** Takes the node's value away; makes it when it is missing. */
    @Word
    public static AugeasEdit clear(String path) {
        return of(Verb.CLEAR, Text.of(path));
    }

    /** Takes away the values of all nodes at {@code sub} below each node of the base. */
    @Word
    public static AugeasEdit clearm(String base, String sub) {
        return of(Verb.CLEARM, Text.of(base), Text.of(sub));
    }

    /** Makes the node when it is missing. */
    @Word
    public static AugeasEdit touch(String path) {
        return of(Verb.TOUCH, Text.of(path));
    }

    /** Makes a node beside another one; {@code where} is {@code 'before'} or {@code 'after'}. */
    @Word
    public static AugeasEdit ins(String label, String where, String path) {
        if (!where.equals("before") && !where.equals("after")) {
            throw new InvalidValueException(
                    "A node is inserted before or after another one, not \"" + where + "\".",
                    "Write ins LABEL before PATH, or ins LABEL after PATH.");
        }
        return of(Verb.INS, Text.of(label), Text.of(where), Text.of(path));
    }

    /** Moves a node, with all below it, to a place of its own or over another node. */
    @Word
    public static AugeasEdit mv(String from, String to) {
        return of(Verb.MV, Text.of(from), Text.of(to));
    }

    /** What a node is like before the edit. */
    static AugeasEdit found(String path, Optional<Text> value) {
        List<Text> words = new ArrayList<>(List.of(Text.of(path)));
        value.ifPresent(words::add);
        return new AugeasEdit(Verb.FOUND, words);
    }

    private static AugeasEdit of(Verb verb, Text... words) {
        return new AugeasEdit(verb, List.of(words));
    }

    /** @throws InvalidValueException when it is no line that augtool would take */
    public static AugeasEdit parse(String line) {
        EditWords words = new EditWords(line);
        AugeasEdit edit =
                switch (words.next("word")) {
                    case "set" -> set(words.next("path"), Text.of(words.rest().orElse("")));
                    case "setm" ->
                        setm(
                                words.next("path"),
                                words.next("second path"),
                                Text.of(words.rest().orElse("")));
                    case "rm", "remove" -> rm(words.next("path"));
                    case "clear" -> clear(words.next("path"));
                    case "clearm" -> clearm(words.next("path"), words.next("second path"));
                    case "touch" -> touch(words.next("path"));
                    case "ins", "insert" -> ins(words.next("label"), words.next("place"), words.next("path"));
                    case "mv", "move" -> mv(words.next("path"), words.next("second path"));
                    default -> throw new InvalidValueException("\"" + line + "\" is no edit.", SYNTAX);
                };
        words.requireDone();
        return edit;
    }

    String word(int index) {
        return words.get(index).reveal();
    }

    /** The value that it gives, for those that give one. */
    Optional<Text> value() {
        boolean gives = verb == Verb.SET || verb == Verb.SETM;
        return gives ? Optional.of(words.get(words.size() - 1)) : Optional.empty();
    }

    @Override
    public boolean isSensitive() {
        return words.stream().anyMatch(Text::isSensitive);
    }

    List<Secret> secrets() {
        return words.stream().flatMap(word -> word.secrets().stream()).toList();
    }

    /** The line that {@link #parse} reads back; a secret in it is masked. */
    @Override
    public String toString() {
        if (verb == Verb.FOUND) {
            return words.stream().map(Text::toString).collect(Collectors.joining(" = "));
        }
        return verb.name().toLowerCase(Locale.ROOT) + " "
                + words.stream()
                        .map(word -> word.isSensitive() ? word.toString() : EditWords.written(word.reveal()))
                        .collect(Collectors.joining(" "));
    }

    @Override
    public String identity() {
        return verb + " " + words.stream().map(Text::reveal).toList();
    }
}
