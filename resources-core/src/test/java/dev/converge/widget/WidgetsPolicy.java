package dev.converge.widget;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Declared;
import dev.converge.model.Mode;
import dev.converge.schema.CatalogPolicy;
import dev.converge.schema.Default;
import dev.converge.schema.SitePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the widgets of a site may look.
 *
 * @param requireShine whether each must shine
 * @param allow colors that they may have; any when none is given
 * @param mode who may touch them at most
 */
@SitePolicy(name = "widgets")
public record WidgetsPolicy(@Default("false") boolean requireShine, List<String> allow, Optional<Mode> mode)
        implements CatalogPolicy {
    @Override
    public List<Diagnostic> judge(List<Declared<?>> resources) {
        List<Diagnostic> broken = new ArrayList<>();
        for (Declared<?> resource : resources) {
            if (resource.desired() instanceof WidgetResource widget) {
                refusal(widget).map(why -> CatalogPolicy.refusal(resource, why)).ifPresent(broken::add);
            }
        }
        return broken;
    }

    private Optional<String> refusal(WidgetResource widget) {
        if (!allow.isEmpty() && !allow.contains(widget.color())) {
            return Optional.of("A widget may be " + String.join(" or ", allow) + ", not " + widget.color() + ".");
        }
        return requireShine && !widget.shiny().orElse(false) ? Optional.of("It does not shine.") : Optional.empty();
    }
}
