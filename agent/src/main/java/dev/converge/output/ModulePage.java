package dev.converge.output;

import dev.converge.language.CompositeDoc;
import dev.converge.language.CompositeDoc.ParameterDoc;
import dev.converge.module.ModuleDescription;
import java.util.ArrayList;
import java.util.List;

/** What a module's composites take, as Markdown between two marks in its README. */
public final class ModulePage {
    private static final String BEGIN = "<!-- parameters -->";
    private static final String END = "<!-- /parameters -->";

    private final ModuleDescription module;

    public ModulePage(ModuleDescription module) {
        this.module = module;
    }

    /** A README with what is between the marks made anew; everything else in it stays as it is. */
    public String in(String readme, List<CompositeDoc> composites) {
        String written = BEGIN + "\n" + parameters(composites) + END;
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END, Math.max(0, begin));
        if (begin >= 0 && end >= 0) {
            return readme.substring(0, begin) + written + readme.substring(end + END.length());
        }
        String head = readme.isBlank()
                ? "# " + module.name() + "\n\n" + (module.summary().isEmpty() ? "" : module.summary() + "\n\n")
                : readme.stripTrailing() + "\n\n";
        return head + written + "\n";
    }

    private static String parameters(List<CompositeDoc> composites) {
        StringBuilder out = new StringBuilder("## Parameters\n\n");
        for (CompositeDoc composite : composites) {
            out.append("### ").append(composite.name()).append("\n\n");
            if (!composite.text().isEmpty()) {
                out.append(markdown(composite.text(), "\n\n")).append("\n\n");
            }
            if (composite.parameters().isEmpty()) {
                out.append("It takes nothing.\n\n");
                continue;
            }
            out.append("| parameter | type | default | meaning |\n|---|---|---|---|\n");
            composite.parameters().forEach(parameter -> row(parameter, out));
            out.append('\n');
        }
        return out.toString();
    }

    private static void row(ParameterDoc parameter, StringBuilder out) {
        List<String> meaning = new ArrayList<>();
        if (!parameter.text().isEmpty()) {
            meaning.add(cell(markdown(parameter.text(), " ")));
        }
        parameter.checks().forEach(check -> meaning.add(code(check)));
        out.append("| ").append(code(parameter.name()));
        out.append(" | ").append(code(parameter.type()));
        out.append(" | ").append(parameter.initial().isEmpty() ? "required" : code(parameter.initial()));
        out.append(" | ").append(String.join(" ", meaning)).append(" |\n");
    }

    /** What Groovydoc has tags for: code, names of classes, and paragraphs. */
    private static String markdown(String text, String paragraph) {
        return text.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`").replaceAll("\\s*<p>\\s*", paragraph);
    }

    private static String code(String text) {
        return text.contains("`") ? "`` " + cell(text) + " ``" : "`" + cell(text) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
