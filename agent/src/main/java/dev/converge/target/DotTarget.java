package dev.converge.target;

import dev.converge.diagnostic.Checked;
import dev.converge.schema.CatalogDot;
import java.nio.charset.StandardCharsets;

/** The catalog's resources and their order, as a picture by Graphviz. */
final class DotTarget implements OutputTarget {
    @Override
    public String name() {
        return "dot";
    }

    @Override
    public String summary() {
        return "resources and their order, for Graphviz";
    }

    @Override
    public Checked<Rendered> render(FirstBootPlan plan, RenderOptions options) {
        byte[] text = CatalogDot.of(plan.catalog()).getBytes(StandardCharsets.UTF_8);
        return Checked.of(new Rendered(text, "text/vnd.graphviz; charset=utf-8", true));
    }
}
