package dev.converge.language;

import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The words of the language besides types and attributes; one list for the sandbox, the checks and the suggestions. */
final class Words {
    /** Words between the braces of every resource. */
    static final Set<String> COMMON = Set.of("requires", "before", "notifies", "subscribes", "tags", "noop", "ensure");

    /** Functions that may be called between the braces of a resource. */
    static final Set<String> FUNCTIONS = Set.of("template", "secret", "getFacts");

    /** Functions of a manifest and of a composite's body. */
    static final Set<String> STATEMENTS = Set.of("node", "include", "fail");

    /** Orders between references. */
    static final Set<String> ORDERS = Set.of("rightShift", "rightShiftUnsigned");

    /** What the code of a template calls. */
    static final Set<String> OF_TEMPLATES = Set.of("emit", "variable", "print", "println", "getOut", "getFacts");

    private Words() {}

    /** What may be written between the braces of a type. */
    static List<String> inBody(TypeRegistry types, String type) {
        List<String> words = new ArrayList<>(COMMON);
        types.get(type).attributes().stream()
                .filter(dev.converge.model.Attribute::isWord)
                .forEach(attribute -> words.add(attribute.name()));
        return words;
    }

    /** What may be called at the top of a manifest. */
    static List<String> atTop(TypeRegistry types) {
        List<String> words = new ArrayList<>(types.names());
        words.addAll(STATEMENTS);
        words.add("template");
        words.add("secret");
        return words;
    }
}
