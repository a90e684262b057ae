package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SimpleMessage;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Turns what the Groovy compiler says into diagnostics; what our own checks said stands in its list as a number. */
final class GroovyErrors {
    /** Marks a text that stands for a diagnostic of ours. */
    static final String OURS = "converge-diagnostic ";

    private static final Pattern PACKAGE_CALL = Pattern.compile("^\\s*(package)\\s*\\(?\\s*['\"]([^'\"]*)['\"].*");
    private static final String TYPE_CHECKING = "[Static type checking] - ";
    private static final Pattern NO_METHOD =
            Pattern.compile("^Cannot find matching method (\\S+)#(\\w+)\\((.*?)\\)\\.");
    private static final Pattern WRONG_ARGUMENTS =
            Pattern.compile("^Cannot call \\S+#(\\w+)\\((.*)\\) with arguments \\[(.*)]");
    private static final Pattern OTHERWISE = Pattern.compile(".*Class<(\\w+)>, ([^,]+)");
    private static final Pattern NO_PROPERTY = Pattern.compile("^No such property: (\\w+) for class: (.*)");
    private static final Pattern NO_DECLARE = Pattern.compile("^Can't have an abstract method.*'void declare\\(\\)'");
    private static final Pattern NO_BODY =
            Pattern.compile("^Cannot find matching constructor (?:\\S*\\.)?(\\w+Body)\\(");
    private static final List<String> LEXICAL = List.of("Unexpected ", "Missing ", "token recognition error");
    private static final Pattern UNEXPECTED_INPUT = Pattern.compile("^Unexpected input: '(.*)'$", Pattern.DOTALL);
    private static final Pattern UNRESOLVED = Pattern.compile("unable to resolve class (\\S+).*", Pattern.DOTALL);

    private final SiteConfiguration configuration;
    private final List<SourceFile> sources;

    GroovyErrors(SiteConfiguration configuration, List<SourceFile> sources) {
        this.configuration = configuration;
        this.sources = sources;
    }

    static Message error(String text, ASTNode node, SourceUnit unit) {
        return new SyntaxErrorMessage(
                new SyntaxException(
                        text,
                        node.getLineNumber(),
                        node.getColumnNumber(),
                        node.getLastLineNumber(),
                        node.getLastColumnNumber()),
                unit);
    }

    /** All diagnostics, each once, in the order of their places. */
    List<Diagnostic> diagnostics(ErrorCollector errors) {
        List<Diagnostic> all = new ArrayList<>(configuration.noted());
        if (errors.hasErrors()) {
            errors.getErrors().forEach(message -> all.add(diagnostic(message)));
        }
        return InOrder.of(all);
    }

    private Diagnostic diagnostic(Message message) {
        if (message instanceof SyntaxErrorMessage syntax) {
            return ofSyntax(syntax.getCause());
        }
        if (message instanceof ExceptionMessage exception) {
            return ofException(exception.getCause());
        }
        String text = message instanceof SimpleMessage simple ? simple.getMessage() : String.valueOf(message);
        return ofText(text);
    }

    private Diagnostic ofSyntax(SyntaxException error) {
        String text = error.getOriginalMessage();
        SourceFile source = configuration.source(error.getSourceLocator());
        SourceRange at = range(source, error);
        int ours = text.indexOf(OURS);
        if (ours >= 0) {
            String number = text.substring(ours + OURS.length()).strip().split("\\D")[0];
            return configuration.found(Integer.parseInt(number)).at(at);
        }
        Matcher call = PACKAGE_CALL.matcher(line(source, at.line()));
        if (call.matches()) {
            int column = call.start(1) + 1;
            return reserved("pkg '" + call.group(2) + "'")
                    .at(new SourceRange(source.path(), at.line(), column, at.line(), column + "package".length()));
        }
        return text.startsWith(TYPE_CHECKING)
                ? typeError(text.substring(TYPE_CHECKING.length())).at(at)
                : syntaxError(text, source, at);
    }

    /** @param instead what to write */
    static Diagnostic reserved(String instead) {
        return Diagnostic.error(
                        Code.RESERVED_WORD,
                        "Reserved word",
                        "\"package\" is a word of Groovy; the resource type for packages is \"pkg\".")
                .suggest("Write: " + instead);
    }

    private Diagnostic typeError(String text) {
        Matcher method = NO_METHOD.matcher(text);
        if (method.find()) {
            String taking = method.group(3).isEmpty() ? "nothing" : "(" + plain(method.group(3)) + ")";
            Diagnostic unknown = Diagnostic.error(
                    Code.WRONG_TYPE,
                    "Wrong type",
                    "There is no \"" + method.group(2) + "\" for " + plain(method.group(1)) + " that takes " + taking
                            + ".");
            return method.group(1).endsWith("Object")
                    ? unknown.suggest("Say of which type the value is, such as: int count = …")
                    : unknown;
        }
        Matcher arguments = WRONG_ARGUMENTS.matcher(text);
        if (arguments.find()) {
            return wrongArguments(arguments.group(1), plain(arguments.group(2)), plain(arguments.group(3)));
        }
        Matcher body = NO_BODY.matcher(text);
        if (body.find()) {
            return wrongDeclaration(body.group(1));
        }
        if (text.startsWith("Cannot set read-only property")) {
            return Diagnostic.error(Code.ASSIGNMENT, "Assignment", "This cannot be set.")
                    .suggest("To compare, write two equals signs: ==");
        }
        Matcher property = NO_PROPERTY.matcher(text);
        if (property.find()) {
            String detail = plain(property.group(2)) + " has no property \"" + property.group(1) + "\".";
            return Diagnostic.error(Code.WRONG_TYPE, "Wrong type", detail);
        }
        return text.startsWith("Cannot access")
                ? Sandbox.forbidden("reaching into " + plain(text.replaceAll(".*: ", "")))
                : Diagnostic.error(Code.WRONG_TYPE, "Wrong type", readable(text));
    }

    private Diagnostic wrongDeclaration(String body) {
        TypeRegistry types = configuration.types();
        return types.names().stream()
                .filter(type -> types.bodyClass(type).endsWith("." + body))
                .findFirst()
                .map(type -> NameProblems.wrongDeclaration(types.get(type)))
                .orElseThrow();
    }

    private static Diagnostic wrongArguments(String method, String takes, String given) {
        Matcher otherwise = OTHERWISE.matcher(given);
        if (method.equals("lookup") && otherwise.matches()) {
            String type = otherwise.group(2);
            return LookupTypes.wrongOtherwise(type.equals("String") ? "text" : "of type " + type, otherwise.group(1));
        }
        return takes.equals("Target[]")
                ? Diagnostic.error(
                                Code.WRONG_TYPE,
                                "Wrong type",
                                "\"" + method + "\" takes several references, or one list of them, not both at once.")
                        .suggest("Join them: " + method + "(list + reference)")
                : Diagnostic.error(
                        Code.WRONG_TYPE,
                        "Wrong type",
                        "\"" + method + "\" takes (" + takes + "), not (" + given + ").");
    }

    private Diagnostic syntaxError(String text, SourceFile source, SourceRange at) {
        Matcher unresolved = UNRESOLVED.matcher(text);
        if (unresolved.matches()) {
            return NameProblems.unknownClass(unresolved.group(1), configuration.classNames())
                    .at(at);
        }
        if (text.startsWith("No map entry allowed")) {
            return Diagnostic.error(
                            Code.SYNTAX, "Syntax error", "Brackets after a word are read as an index, not as a map.")
                    .at(at)
                    .suggest(
                            "Leave them out (labels a: 1, b: 2), or put parentheses around them (labels([a: 1, b: 2])).");
        }
        if (text.startsWith("String too long")) {
            return tooLarge(text).at(at);
        }
        Optional<Diagnostic> twice = ClassTwice.of(text, sources, source);
        if (twice.isPresent()) {
            return twice.get().at(at);
        }
        if (text.startsWith("Access to ")) {
            return Sandbox.forbidden("reaching into an object").at(at);
        }
        if (NO_DECLARE.matcher(text).find()) {
            return Diagnostic.error(Code.SYNTAX, "Syntax error", "A composite needs a method declare().")
                    .at(at)
                    .suggest("Write in it what the composite consists of: void declare() { … }");
        }
        boolean lexical = LEXICAL.stream().anyMatch(text::startsWith);
        if (!lexical) {
            return Diagnostic.error(Code.SYNTAX, "Syntax error", readable(text)).at(at);
        }
        Optional<String> slip = Slips.advice(line(source, at.line()));
        if (slip.isPresent()) {
            boolean word = UNEXPECTED_INPUT.matcher(text).matches();
            return Diagnostic.error(Code.SYNTAX, "Syntax error", word ? unexpected(text) : "This cannot be read.")
                    .at(at)
                    .suggest(slip);
        }
        return Brackets.firstMismatch(source.text())
                .map(mismatch -> Diagnostic.error(Code.SYNTAX, "Syntax error", mismatch.detail())
                        .at(SourceRange.point(source.path(), mismatch.line(), mismatch.column())))
                .orElseGet(() -> Diagnostic.error(Code.SYNTAX, "Syntax error", unexpected(text))
                        .at(at));
    }

    /** The parser quotes everything that it has read since it last was sure; what matters is the end of it. */
    private static String unexpected(String text) {
        Matcher quoted = UNEXPECTED_INPUT.matcher(text);
        if (!quoted.find()) {
            return readable(text);
        }
        String[] words = quoted.group(1).replace("\\n", "\n").strip().split("\\s+");
        return "\"" + words[words.length - 1] + "\" is not expected here.";
    }

    /** Where a node stands. */
    static SourceRange range(SourceFile source, ASTNode node) {
        return range(
                source,
                new SyntaxException(
                        "",
                        node.getLineNumber(),
                        node.getColumnNumber(),
                        node.getLastLineNumber(),
                        node.getLastColumnNumber()));
    }

    private static SourceRange range(SourceFile source, SyntaxException error) {
        int line = Math.max(1, error.getStartLine());
        int column = Math.max(1, error.getStartColumn());
        int endLine = Math.max(line, error.getEndLine());
        int endColumn = endLine == line ? Math.max(column, error.getEndColumn()) : error.getEndColumn();
        return new SourceRange(source.path(), line, column, endLine, endColumn);
    }

    private static String line(SourceFile source, int number) {
        String[] lines = source.text().split("\n", -1);
        return number <= lines.length ? lines[number - 1] : "";
    }

    private Diagnostic ofException(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (cause.getClass().getSimpleName().endsWith("TooLargeException") || text.contains("too large")) {
            return tooLarge(text);
        }
        return Diagnostic.error(Code.SYNTAX, "Cannot compile", readable(text));
    }

    private Diagnostic ofText(String text) {
        return text.contains("too large") || text.contains("UTF8 string too large")
                ? tooLarge(text)
                : Diagnostic.error(Code.SYNTAX, "Cannot compile", readable(text));
    }

    /** The Java virtual machine's limits: 64 KiB of code in a method, 64 KiB in a literal. */
    Diagnostic tooLarge(String text) {
        Diagnostic diagnostic = Diagnostic.error(
                        Code.TOO_LARGE,
                        "Too large",
                        "A method or a literal here is larger than the 64 KiB that the Java virtual machine allows.")
                .suggest(
                        "Declare in a loop, move parts to other files of the site, or long text to files/ or templates/.");
        return sources.stream()
                .filter(source -> text.contains(source.scriptClass()))
                .findFirst()
                .map(source -> diagnostic.at(SourceRange.point(source.path(), 1, 1)))
                .orElseGet(() -> sources.size() == 1
                        ? diagnostic.at(SourceRange.point(sources.get(0).path(), 1, 1))
                        : diagnostic);
    }

    /** Groovy's sentence without the names that only the compiler knows. */
    static String readable(String text) {
        String plain = plain(text);
        return plain.endsWith(".") || plain.isEmpty() ? plain : plain + ".";
    }

    static String plain(String text) {
        return text.replaceAll("(?s)\\s*@ line \\d+, column \\d+\\.?\\s*$", "")
                .replaceAll("\\s*Please check if .*$", "")
                .replaceAll("\\bmanifest_\\w+#", "")
                .replaceAll("\\b(?:class )?manifest_\\w+", "this manifest")
                .replaceAll("\\b(?:java\\.(?:lang|util|io)|groovy\\.lang|dev\\.converge(?:\\.[a-z]+)+)\\.", "")
                .replaceAll("\\bG?StringImpl\\b|\\bGString\\b", "String")
                .strip();
    }
}
