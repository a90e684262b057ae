package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.module.ShippedModules;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.Expression;

/** Says what is wrong with a name that means nothing where it stands. */
final class NameProblems {
    /** What YAML and Python say. */
    private static final Set<String> TRUTHS = Set.of("yes", "no", "on", "off", "true", "false");

    private final TypeRegistry types;

    NameProblems(TypeRegistry types) {
        this.types = types;
    }

    /**
     * @param methods names of the methods of the class around it
     * @param classes names of the site's classes
     */
    Diagnostic declaration(String word, Collection<String> methods, Collection<String> classes) {
        if (types.names().contains(word)) {
            return wrongDeclaration(types.get(word));
        }
        if (word.equals("policy")) {
            return PolicyCalls.misplaced()
                    .suggest("Write: policy.NAME { … }; there is "
                            + String.join(", ", types.policies().names()) + ".");
        }
        List<String> words = Words.atTop(types);
        words.addAll(methods);
        return Diagnostic.error(
                        Code.UNKNOWN_TYPE, "Unknown resource type", "There is no resource type \"" + word + "\".")
                .suggest(composite(Character.toUpperCase(word.charAt(0)) + word.substring(1), classes)
                        .or(() -> Synonyms.advice(word, types))
                        .or(() -> Suggestions.didYouMean(word, words))
                        .or(() -> Optional.of("The types are: " + String.join(", ", types.names()) + ".")));
    }

    /** An article, and a word. */
    static String a(String word) {
        return ("aeiou".indexOf(Character.toLowerCase(word.charAt(0))) < 0 || word.startsWith("us") ? "A " : "An ")
                + word;
    }

    static Diagnostic wrongDeclaration(TypeSchema<?> schema) {
        String word = schema.name();
        List<String> parts = schema.nameParts();
        String name = parts.isEmpty() ? "its name" : "its " + String.join(" and its ", parts);
        String argument = schema.argument()
                .map(it -> ", then perhaps its " + it.name() + (DeclarationForm.isText(it) ? " as text" : ""))
                .orElse("");
        return Diagnostic.error(
                        Code.WRONG_TYPE,
                        "Wrong type",
                        a(word) + " is declared with " + name + " as text" + argument
                                + ", then its attributes in braces.")
                .suggest(DeclarationForm.shown(schema)
                        + (parts.isEmpty() ? ", or for several " + word + "(['a', 'b']) { … }" : ""));
    }

    /** {@code file '/x' { … }}: Groovy reads a call of the text. */
    static Diagnostic nameBeforeBraces(String name) {
        return Diagnostic.error(Code.SYNTAX, "Syntax error", "A name that is followed by braces stands in parentheses.")
                .suggest("Write: ('" + name + "') { … }");
    }

    /**
     * @param known names of variables that can be seen there
     * @param classes names of the site's classes
     */
    Diagnostic name(String name, Optional<Braces> braces, Collection<String> known, Collection<String> classes) {
        if (TRUTHS.contains(name.toLowerCase(Locale.ROOT))) {
            return Diagnostic.error(Code.UNKNOWN_NAME, "Unknown name", "Nothing here is called \"" + name + "\".")
                    .suggest("Write true or false; or, where text is wanted, put it in quotes: '" + name + "'");
        }
        if (Character.isUpperCase(name.charAt(0))) {
            return unknownClass(name, classes);
        }
        if (name.equals("policy")) {
            return PolicyCalls.misplaced();
        }
        Diagnostic unknown =
                Diagnostic.error(Code.UNKNOWN_NAME, "Unknown name", "Nothing here is called \"" + name + "\".");
        if (types.names().contains(name)) {
            return unknown.suggest("Name a resource: " + name + "['…']");
        }
        if (braces.filter(around -> around.has(name, types)).isPresent()) {
            return unknown.suggest(
                    "If it is the attribute: each stands on a line of its own or after a semicolon, and a"
                            + " value that begins with a bracket stands in parentheses, " + name + "([…]).");
        }
        List<String> candidates = new ArrayList<>(known);
        candidates.add("facts");
        candidates.addAll(types.names());
        braces.ifPresent(around -> candidates.addAll(around.words(types)));
        return unknown.suggest(Suggestions.didYouMean(name, candidates)
                .or(() -> Optional.of("Text stands in quotes: '" + name + "'")));
    }

    private static Optional<String> composite(String name, Collection<String> classes) {
        return classes.contains(name) ? Optional.of("Write: include(" + name + ") { … }") : listing(name);
    }

    /** A class of a module that ships and that the site does not list. */
    private static Optional<String> listing(String name) {
        return name.matches("\\w+")
                ? ShippedModules.withClass(name)
                        .map(module -> name + " is in the module " + module + ", which ships with Converge. List it in "
                                + "converge.modules.yaml, below modules: write " + module + ":")
                : Optional.empty();
    }

    static Diagnostic unknownClass(String name, Collection<String> classes) {
        return Diagnostic.error(Code.UNKNOWN_NAME, "Unknown name", "There is no class \"" + name + "\" in this site.")
                .suggest(listing(name).or(() -> Suggestions.didYouMean(name, classes)));
    }

    static Diagnostic label(String name, Optional<Expression> value) {
        Diagnostic label =
                Diagnostic.error(Code.ASSIGNMENT, "Assignment", "Attributes are given as calls, without a colon.");
        return value.isPresent()
                ? label.suggest("Write: " + name + " " + (Words.isSecret(name) ? "'…'" : Literals.asValue(value.get())))
                : label;
    }

    static Diagnostic assignment(String name, boolean inBraces, Expression value) {
        if (inBraces) {
            String shown = Words.isSecret(name) ? "'…'" : Literals.asValue(value);
            return Diagnostic.error(
                            Code.ASSIGNMENT, "Assignment", "Attributes are given as calls, without an equals sign.")
                    .suggest("Write: " + name + " " + shown);
        }
        return Diagnostic.error(Code.ASSIGNMENT, "Assignment", "The variable \"" + name + "\" is not declared.")
                .suggest("Declare it: def " + name + " = …");
    }

    static Diagnostic method(String name, ClassNode type, ClassNode[] arguments) {
        if (ClassHelper.isPrimitiveVoid(type)) {
            return Diagnostic.error(
                            Code.SYNTAX, "Syntax error", "\"" + name + "\" follows a statement that has not ended.")
                    .suggest("Put it on a line of its own, or a semicolon before it.");
        }
        String taking = Arrays.stream(arguments)
                .map(argument -> GroovyErrors.plain(argument.toString(false)))
                .collect(Collectors.joining(", "));
        Diagnostic unknown = Diagnostic.error(
                Code.WRONG_TYPE,
                "Wrong type",
                "There is no \"" + name + "\" for " + GroovyErrors.plain(type.toString(false)) + " that takes "
                        + (taking.isEmpty() ? "nothing" : "(" + taking + ")") + ".");
        return ClassHelper.isObjectType(type)
                ? unknown.suggest("Say of which type the value is, such as: String text = …")
                : unknown;
    }

    static Diagnostic property(String name, ClassNode type) {
        Diagnostic unknown = Diagnostic.error(
                Code.WRONG_TYPE,
                "Wrong type",
                GroovyErrors.plain(type.toString(false)) + " has no property \"" + name + "\".");
        return ClassHelper.isObjectType(type)
                ? unknown.suggest("Say of which type the value is, such as: Map<String, String> users = …")
                : unknown;
    }

    static Diagnostic fact(String name, Collection<String> known) {
        return Diagnostic.error(Code.UNKNOWN_NAME, "Unknown fact", "There is no fact \"" + name + "\" here.")
                .suggest(Suggestions.didYouMean(name, known)
                        .or(() -> Optional.of("A custom fact is read as facts['" + name + "'].")));
    }
}
