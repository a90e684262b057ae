package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.facts.Facts;
import dev.converge.facts.UnknownFactException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Says what stopped a manifest or a template, without the words that only Groovy and Java know. */
final class RunFailures {
    private final Facts facts;

    RunFailures(Facts facts) {
        this.facts = facts;
    }

    /** The diagnostic, without its place; empty when everything has been said already. */
    Optional<Diagnostic> diagnostic(Throwable thrown) {
        if (thrown instanceof Evaluation.TooManyProblems) {
            return Optional.empty();
        }
        String message = SecretVault.mask(String.valueOf(thrown.getMessage()));
        if (thrown instanceof ManifestFailure) {
            return error("The manifest refuses this host", message);
        }
        if (thrown instanceof UnknownFactException unknown) {
            return Optional.of(Diagnostic.error(Code.FACTS, "Unknown fact", message)
                    .suggest(Suggestions.didYouMean(unknown.path(), names(facts.all()))));
        }
        if (thrown instanceof StackOverflowError) {
            return error("Endless recursion", "A method or closure here calls itself without end.");
        }
        if (thrown instanceof OutOfMemoryError || thrown instanceof NegativeArraySizeException) {
            return error("Out of memory", "The manifest uses more memory than there is.");
        }
        return error("Error in the manifest", detail(thrown));
    }

    private static Optional<Diagnostic> error(String summary, String detail) {
        return Optional.of(Diagnostic.error(Code.RUNTIME_ERROR, summary, detail));
    }

    /** What happened, as a sentence. */
    static String detail(Throwable thrown) {
        String message = SecretVault.mask(String.valueOf(thrown.getMessage()));
        if (thrown instanceof NullPointerException) {
            return "Something here is null that must not be.";
        }
        if (thrown instanceof UnsupportedOperationException && thrown.getMessage() == null) {
            return "This list, set or map cannot be changed; make another one, such as list + element.";
        }
        if (thrown instanceof ArithmeticException) {
            return message.contains("zero") ? "A number is divided by zero." : GroovyErrors.readable(message);
        }
        if (thrown instanceof NumberFormatException) {
            return GroovyErrors.readable(message.replaceFirst("^For input string: (\".*\").*", "$1 is not a number"));
        }
        if (thrown instanceof AssertionError) {
            return "This does not hold: " + message.replaceFirst("^assert ", "");
        }
        boolean saysAll = thrown instanceof IndexOutOfBoundsException
                || thrown instanceof ClassCastException
                || message.endsWith(".");
        String readable = GroovyErrors.readable(message);
        return saysAll ? readable : thrown.getClass().getSimpleName() + ": " + readable;
    }

    private static TreeSet<String> names(Map<String, Object> tree) {
        TreeSet<String> names = new TreeSet<>();
        tree.forEach((name, value) -> {
            names.add(name);
            if (value instanceof Map<?, ?> inner) {
                inner.keySet().forEach(key -> names.add(name + "." + key));
            }
        });
        return names;
    }
}
