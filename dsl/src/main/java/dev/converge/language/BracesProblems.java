package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Attribute;
import dev.converge.schema.RecordSchema;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import dev.converge.schema.WordForm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;

/** Says what is wrong with a word that stands between the braces of a resource or of an include. */
final class BracesProblems {
    private static final Pattern QUOTED_REFERENCE = Pattern.compile("(\\w+)\\[(.+)]");
    private static final Set<String> YES = Set.of("yes", "on", "true", "1");
    private static final Set<String> NO = Set.of("no", "off", "false", "0");

    private final TypeRegistry types;

    BracesProblems(TypeRegistry types) {
        this.types = types;
    }

    /** @param kind what the author gave instead, such as {@code text}; empty when it was not one value */
    Diagnostic of(Braces braces, String word, List<Expression> given, Optional<String> kind) {
        boolean own =
                braces.schema(types).flatMap(schema -> schema.attribute(word)).isPresent();
        boolean common = Words.COMMON.contains(word) && !own && braces.has(word, types);
        if (common) {
            return wrongCommonValue(word, given);
        }
        if (braces instanceof Braces.OfComposite include) {
            return inInclude(include, word, kind);
        }
        RecordSchema<?> schema = braces.schema(types).orElseThrow();
        return schema.attribute(word)
                .map(attribute -> wrongAttribute(schema, attribute, given, kind))
                .or(() -> wrongWord(schema, word))
                .or(() -> partOfName(schema, word))
                .orElseGet(() -> unknown(braces, schema, word, given));
    }

    private static Optional<Diagnostic> wrongWord(RecordSchema<?> schema, String word) {
        List<WordForm> forms =
                schema.words().stream().filter(form -> form.word().equals(word)).toList();
        if (forms.isEmpty()) {
            return Optional.empty();
        }
        String written = forms.stream().map(WordForm::shown).collect(Collectors.joining(", or "));
        return Optional.of(Diagnostic.error(
                        Code.WRONG_TYPE,
                        "Wrong type",
                        "\"" + word + "\" of " + schema.name() + " is not given like that. "
                                + forms.get(0).doc())
                .suggest("Write: " + written));
    }

    private Diagnostic inInclude(Braces.OfComposite include, String word, Optional<String> kind) {
        String composite = include.composite().getNameWithoutPackage();
        if (include.parameters().contains(word)) {
            String takes = type(include, word);
            return Diagnostic.error(
                            Code.WRONG_TYPE,
                            "Wrong type",
                            "\"" + word + "\" of " + composite + " takes " + takes
                                    + kind.map(it -> ", not " + it).orElse("") + ".")
                    .suggest(takes.equals("a list") ? Optional.of("Write: " + word + " [… , …]") : Optional.empty());
        }
        if (types.names().contains(word)) {
            return Diagnostic.error(
                            Code.NESTED_RESOURCE,
                            "Resource inside an include",
                            "The braces of an include hold the parameters of " + composite + ", not resources.")
                    .suggest("Declare it beside the include, or in declare() of " + composite + ".");
        }
        List<String> parameters = include.parameters();
        return Diagnostic.error(
                        Code.UNKNOWN_ATTRIBUTE, "Unknown attribute", composite + " has no parameter \"" + word + "\".")
                .suggest(Suggestions.didYouMean(word, include.words(types))
                        .or(() -> Optional.of(
                                parameters.isEmpty()
                                        ? "A parameter is a property of the class: String " + word
                                        : "It has: " + String.join(", ", parameters) + ".")));
    }

    private static String type(Braces.OfComposite include, String parameter) {
        var type = include.composite().getProperty(parameter) == null
                ? include.composite().getSuperClass().getProperty(parameter).getType()
                : include.composite().getProperty(parameter).getType();
        return switch (type.getNameWithoutPackage()) {
            case "String", "CharSequence" -> "text";
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            case "List", "Collection", "Set" -> "a list";
            case "Map" -> "a map";
            default -> "a " + type.getNameWithoutPackage();
        };
    }

    private Diagnostic unknown(Braces braces, RecordSchema<?> schema, String word, List<Expression> given) {
        String type = schema.name();
        if (types.names().contains(word)) {
            String reference = given.isEmpty() ? "'…'" : Literals.asValue(given.get(0));
            return Diagnostic.error(
                            Code.NESTED_RESOURCE,
                            "Resource inside a resource",
                            NameProblems.a(word) + " cannot be declared between the braces of a " + type + ".")
                    .suggest("Declare it beside the " + type + ", and name it here as " + word + "[" + reference
                            + "] after requires, before, notifies or subscribes.");
        }
        return Diagnostic.error(
                        Code.UNKNOWN_ATTRIBUTE, "Unknown attribute", type + " has no attribute \"" + word + "\".")
                .suggest(Synonyms.attributeAdvice(word, braces.words(types))
                        .or(() -> Suggestions.didYouMean(word, braces.words(types)))
                        .or(() -> Optional.of(listed(schema))));
    }

    private String listed(RecordSchema<?> schema) {
        return types.names().contains(schema.name())
                ? "\"converge explain " + schema.name() + "\" lists its attributes."
                : "It has: " + String.join(", ", Words.of(schema)) + ".";
    }

    private Diagnostic wrongCommonValue(String word, List<Expression> given) {
        String takes =
                switch (word) {
                    case "ensure", "tags" -> "text";
                    default ->
                        TurnWord.of(word)
                                .map(TurnWord::takes)
                                .orElse("references such as pkg['nginx'], or what a declaration returned");
                };
        Diagnostic wrong = Diagnostic.error(Code.WRONG_TYPE, "Wrong type", "\"" + word + "\" takes " + takes + ".");
        if (given.size() == 1 && given.get(0) instanceof ConstantExpression constant) {
            if (constant.getValue() instanceof Number number && TurnWord.isDuration(word)) {
                return wrong.suggest("Say the unit: " + word + " '" + number + "s'");
            }
            Matcher reference = QUOTED_REFERENCE.matcher(String.valueOf(constant.getValue()));
            if (reference.matches() && types.names().contains(reference.group(1))) {
                return wrong.suggest("Write: " + word + " " + reference.group(1) + "['" + reference.group(2) + "']");
            }
        }
        return wrong;
    }

    private static Diagnostic wrongAttribute(
            RecordSchema<?> schema, Attribute attribute, List<Expression> given, Optional<String> kind) {
        return switch (attribute.role()) {
            case ID -> isTheName(schema, attribute.name(), "its name");
            case DERIVED -> partOfName(schema, attribute.name()).orElseGet(() -> isNotGiven(schema, attribute));
            case PROPERTY, PARAMETER -> wrongValue(schema, attribute, given, kind);
        };
    }

    private static Diagnostic isNotGiven(RecordSchema<?> schema, Attribute attribute) {
        return Diagnostic.error(
                Code.UNKNOWN_ATTRIBUTE,
                "Unknown attribute",
                "\"" + attribute.name() + "\" of " + schema.name() + " is not given: " + attribute.doc());
    }

    /** What stands before the braces, for those who look for it between them. */
    private static Optional<Diagnostic> partOfName(RecordSchema<?> schema, String word) {
        return schema instanceof TypeSchema<?> type && type.nameParts().contains(word)
                ? Optional.of(isTheName(schema, word, "part of its name"))
                : Optional.empty();
    }

    private static Diagnostic isTheName(RecordSchema<?> schema, String word, String what) {
        String shown = schema instanceof TypeSchema<?> type ? DeclarationForm.shown(type) : schema.name() + " { … }";
        return Diagnostic.error(
                        Code.UNKNOWN_ATTRIBUTE,
                        "Unknown attribute",
                        "\"" + word + "\" of " + schema.name() + " is " + what + ", and stands before the braces.")
                .suggest("Write: " + shown);
    }

    private static Diagnostic wrongValue(
            RecordSchema<?> schema, Attribute attribute, List<Expression> given, Optional<String> kind) {
        Diagnostic wrong = Diagnostic.error(
                Code.WRONG_TYPE,
                "Wrong type",
                "\"" + attribute.name() + "\" of " + schema.name() + " takes " + takes(attribute)
                        + kind.map(it -> ", not " + (isMap(attribute) ? "one value" : it))
                                .orElse("") + ".");
        boolean literal = given.size() == 1 && given.get(0) instanceof ConstantExpression && kind.isPresent();
        return literal && !isMap(attribute)
                ? wrong.suggest(remedy(attribute, (ConstantExpression) given.get(0), kind.get()))
                : wrong;
    }

    /** @param written the literal, when it is not text */
    private static Optional<String> remedy(Attribute attribute, ConstantExpression given, String written) {
        String text = String.valueOf(given.getValue()).toLowerCase(Locale.ROOT);
        String word = attribute.name() + " ";
        switch (attribute.valueType().getSimpleName()) {
            case "Integer", "Long":
                return text.matches("-?\\d+") ? Optional.of("Without quotes: " + word + text) : Optional.empty();
            case "Boolean":
                return YES.contains(text) || NO.contains(text)
                        ? Optional.of("Write: " + word + YES.contains(text))
                        : Optional.empty();
            case "Mode":
                return Optional.of("Modes are text, since 0644 and 644 are different numbers: " + word + "'"
                        + (written.startsWith("0") ? written : "0" + written) + "'");
            case "Duration":
                return Optional.of("Say the unit: " + word + "'" + written + "s'");
            default:
                return given.getValue() instanceof Number || given.getValue() instanceof Boolean
                        ? Optional.of("Put it in quotes: " + word + "'" + written + "'")
                        : Optional.empty();
        }
    }

    private static boolean isMap(Attribute attribute) {
        return attribute.shape() == Attribute.Shape.MAP || attribute.shape() == Attribute.Shape.OPTIONAL_MAP;
    }

    private static String takes(Attribute attribute) {
        String one =
                switch (attribute.valueType().getSimpleName()) {
                    case "Integer", "Long" -> "a whole number";
                    case "Boolean" -> "true or false";
                    case "Path" -> "an absolute path as text";
                    case "Duration" -> "a duration as text, such as '30s'";
                    case "Mode" -> "a mode as text, such as '0644'";
                    default -> "text";
                };
        return switch (attribute.shape()) {
            case ONE, OPTIONAL -> one;
            case LIST, OPTIONAL_LIST, OPTIONAL_SET -> "one or several of: " + one;
            case MAP, OPTIONAL_MAP -> "names with values, as in " + attribute.name() + " NAME: 'value'";
        };
    }
}
