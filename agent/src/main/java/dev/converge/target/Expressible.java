package dev.converge.target;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.target.FirstBootPlan.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a plan can be rendered.
 *
 * @param parts all of them; those that cannot have no steps
 * @param diagnostics why they cannot
 */
public record Expressible(List<Part> parts, List<Diagnostic> diagnostics) {
    public static Expressible of(FirstBootPlan plan, RenderOptions options) {
        List<Part> parts = new ArrayList<>();
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (Part part : plan.parts()) {
            Part left = part.refused().isPresent()
                    ? part
                    : Secrecy.refusal(part, options)
                            .map(why -> Part.refused(part.declared(), why))
                            .orElse(part);
            parts.add(left);
            left.refused().ifPresent(why -> diagnostics.add(options.weigh(why)));
        }
        return new Expressible(parts, diagnostics);
    }
}
