package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Templates in Groovy's own syntax, compiled like manifests: statically, with the types of the variables they are
 * given, and in the same sandbox.
 */
final class SiteTemplates implements Templates {
    private final FilesFolder folder;
    private final TemplateClasses classes;
    private final Map<String, Optional<Class<?>>> compiled = new HashMap<>();

    SiteTemplates(FilesFolder folder, TemplateClasses classes) {
        this.folder = folder;
        this.classes = classes;
    }

    @Override
    public String render(String name, Map<String, ?> given, Evaluation evaluation) {
        Map<String, Object> variables = new TreeMap<>();
        given.forEach((key, value) -> variables.put(key, TemplateVariables.plain(value)));
        try {
            FilesFolder.Found found = folder.find(name);
            String text = Files.readString(found.path());
            TemplateSource source = TemplateSource.translate(found.shown(), text, variables);
            Optional<Class<?>> template = compiled.get(source.groovy());
            if (template == null) {
                template = classes.load(
                        source, problem -> evaluation.report(inTemplate(problem, source, variables, evaluation)));
                compiled.put(source.groovy(), template);
            }
            return template.isEmpty() ? ValueCoercion.UNKNOWN : run(template.get(), source, variables, evaluation);
        } catch (InvalidValueException e) {
            evaluation.report(Diagnostic.error(Code.SITE_FILE, "No such template", String.valueOf(e.getMessage()))
                    .at(evaluation.position())
                    .suggest(e.advice()));
        } catch (IOException e) {
            evaluation.report(Diagnostic.error(
                            Code.SITE_FILE, "Cannot read the template", "templates/" + name + ": " + e.getMessage())
                    .at(evaluation.position()));
        }
        return ValueCoercion.UNKNOWN;
    }

    private static Diagnostic inTemplate(
            Diagnostic problem, TemplateSource source, Map<String, Object> variables, Evaluation evaluation) {
        SourceRange at = problem.at().map(source::original).orElse(SourceRange.point(source.path(), 1, 1));
        Diagnostic placed = problem.at(at).related(Related.at("rendered", evaluation.position()));
        if (problem.code() != Code.UNKNOWN_NAME || !problem.detail().startsWith("Nothing here is called ")) {
            return placed;
        }
        String name = problem.detail().replaceAll(".*\"(.*)\".*", "$1");
        return Diagnostic.error(Code.TEMPLATE, "Missing variable", "The template is not given \"" + name + "\".")
                .at(at)
                .suggest(Suggestions.didYouMean(name, variables.keySet())
                        .orElse("Give it: template('…', " + name + ": …), or write \\$" + name
                                + " for a plain dollar sign."))
                .related(Related.at("rendered", evaluation.position()));
    }

    private static String run(
            Class<?> template, TemplateSource source, Map<String, Object> variables, Evaluation evaluation) {
        TemplateScript script;
        try {
            script = (TemplateScript) template.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        Related rendered = Related.at("rendered", evaluation.position());
        script.enter(
                variables,
                evaluation.facts(),
                evaluation
                        .lookups()
                        .in(
                                () -> place(new Throwable().getStackTrace(), source),
                                problem -> evaluation.report(problem.related(rendered))));
        try {
            script.run();
            return script.text();
        } catch (RuntimeException e) {
            evaluation.report(Diagnostic.error(Code.TEMPLATE, "Error in the template", RunFailures.detail(e))
                    .at(place(e.getStackTrace(), source))
                    .related(rendered));
            return ValueCoercion.UNKNOWN;
        }
    }

    private static SourceRange place(StackTraceElement[] frames, TemplateSource source) {
        for (StackTraceElement frame : frames) {
            if ("manifest_template.groovy".equals(frame.getFileName()) && frame.getLineNumber() > 0) {
                return SourceRange.point(source.path(), source.original(frame.getLineNumber()), 1);
            }
        }
        return SourceRange.point(source.path(), 1, 1);
    }
}
