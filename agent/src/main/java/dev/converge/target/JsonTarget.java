package dev.converge.target;

import dev.converge.diagnostic.Checked;
import dev.converge.schema.CatalogJson;
import dev.converge.schema.JsonText;
import dev.converge.schema.TypeRegistry;
import java.io.ByteArrayOutputStream;

/** The catalog itself, for programs. Secrets are masked in it in any case. */
final class JsonTarget implements OutputTarget {
    private final TypeRegistry types;

    JsonTarget(TypeRegistry types) {
        this.types = types;
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String summary() {
        return "the catalog, for programs";
    }

    @Override
    public Checked<Rendered> render(FirstBootPlan plan, RenderOptions options) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonText.write(CatalogJson.of(plan.catalog(), types), bytes);
        return Checked.of(new Rendered(bytes.toByteArray(), "application/json", true));
    }
}
