package dev.converge.language;

import dev.converge.model.Attribute;
import dev.converge.schema.RecordSchema;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.WordForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The words of the language besides types and attributes; one list for the sandbox, the checks and the suggestions. */
public final class Words {
    /** Words between the braces of every composite, besides its parameters. */
    static final Set<String> OF_COMPOSITES = Set.of(
            "requires",
            "before",
            "notifies",
            "subscribes",
            "tags",
            "noop",
            "timeout",
            "retries",
            "retryDelay",
            "window",
            "onDrift");

    /** Words between the braces of every resource; an attribute of the same name takes the word's place. */
    public static final Set<String> COMMON = common();

    /** What every composite has already. */
    private static final Set<String> OF_COMPOSITE_CLASSES = Set.of(
            "name",
            "facts",
            "template",
            "secret",
            "lookup",
            "declare",
            "reference",
            "evaluation",
            "class",
            "metaClass");

    /** Functions that may be called between the braces of a resource. */
    static final Set<String> FUNCTIONS = Set.of("template", "secret", "lookup", "getFacts");

    /** Functions of a manifest and of a composite's body. */
    static final Set<String> STATEMENTS = Set.of("node", "include", "fail");

    /** Orders between references. */
    static final Set<String> ORDERS = Set.of("rightShift", "rightShiftUnsigned");

    /** What the code of a template calls. */
    static final Set<String> OF_TEMPLATES = Set.of("emit", "variable", "print", "println", "getOut", "getFacts");

    private Words() {}

    private static Set<String> common() {
        Set<String> words = new TreeSet<>(OF_COMPOSITES);
        words.add("ensure");
        return Collections.unmodifiableSet(words);
    }

    /** Whether what is given to a word is not to be seen by anybody. */
    static boolean isSecret(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.contains("password") || lower.contains("secret");
    }

    /** Whether a composite cannot call a parameter so: the word means something in its body or its braces. */
    static boolean isTaken(String word, TypeRegistry types) {
        return OF_COMPOSITES.contains(word)
                || STATEMENTS.contains(word)
                || OF_COMPOSITE_CLASSES.contains(word)
                || types.names().contains(word);
    }

    /** Whether a word of the top level is one of the language, rather than a resource type. */
    static boolean isOfLanguage(String word) {
        return STATEMENTS.contains(word) || FUNCTIONS.contains(word);
    }

    /** What may be written between the braces of a type. */
    static List<String> inBody(TypeRegistry types, String type) {
        Set<String> words = new LinkedHashSet<>(COMMON);
        words.addAll(of(types.get(type)));
        return List.copyOf(words);
    }

    /** The attributes of a record, and the words that add to its lists. */
    static List<String> of(RecordSchema<?> schema) {
        List<String> words = new ArrayList<>();
        schema.attributes().stream()
                .filter(Attribute::isWord)
                .map(Attribute::name)
                .forEach(words::add);
        schema.words().stream().map(WordForm::word).distinct().forEach(words::add);
        return words;
    }

    /** What may be called at the top of a manifest. */
    static List<String> atTop(TypeRegistry types) {
        List<String> words = new ArrayList<>(types.names());
        words.addAll(new TreeSet<>(STATEMENTS));
        words.add("template");
        words.add("secret");
        words.add("lookup");
        return words;
    }
}
