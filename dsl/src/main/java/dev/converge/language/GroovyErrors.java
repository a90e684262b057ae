package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    private static final Pattern PACKAGE_CALL = Pattern.compile("^\\s*package\\s*\\(?\\s*['\"]([^'\"]*)['\"].*");
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
        Set<Diagnostic> all = new LinkedHashSet<>();
        for (Message message : errors.getErrors()) {
            all.add(diagnostic(message));
        }
        List<Diagnostic> sorted = new ArrayList<>(all);
        sorted.sort((a, b) ->
                a.at().isPresent() && b.at().isPresent() ? a.at().get().compareTo(b.at().get()) : 0);
        return sorted;
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
            return Diagnostic.error(
                            Code.RESERVED_WORD,
                            "Reserved word",
                            "\"package\" is a word of Groovy; the resource type for packages is \"pkg\".")
                    .at(at)
                    .suggest("Write: pkg '" + call.group(1) + "'");
        }
        Matcher unresolved = UNRESOLVED.matcher(text);
        if (unresolved.matches()) {
            return Diagnostic.error(
                            Code.UNKNOWN_NAME,
                            "Unknown name",
                            "There is no class \"" + unresolved.group(1) + "\" in this site.")
                    .at(at);
        }
        if (text.startsWith("[Static type checking] - ")) {
            return Diagnostic.error(
                            Code.WRONG_TYPE,
                            "Wrong type",
                            readable(text.substring("[Static type checking] - ".length())))
                    .at(at);
        }
        return Diagnostic.error(Code.SYNTAX, "Syntax error", readable(text)).at(at);
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
        String plain = text.replaceAll("(?s)\\s*@ line \\d+, column \\d+\\.?\\s*$", "")
                .replaceAll("\\bmanifest_\\w+#", "")
                .replaceAll("\\b(?:class )?manifest_\\w+", "this manifest")
                .replaceAll("\\b(?:java\\.lang|java\\.util|groovy\\.lang|dev\\.converge(?:\\.[a-z]+)+)\\.", "")
                .strip();
        return plain.endsWith(".") || plain.isEmpty() ? plain : plain + ".";
    }
}
