package dev.converge.target;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.InvalidValueException;
import dev.converge.target.FirstBootPlan.Part;
import java.util.ArrayList;
import java.util.List;

/** Cloud-config for RancherOS, where software is containers: a package or an account in the manifest is an error at its line. */
final class RancherTarget implements OutputTarget {
    @Override
    public String name() {
        return "rancheros";
    }

    @Override
    public String summary() {
        return "cloud-config for RancherOS";
    }

    @Override
    public Checked<Rendered> render(FirstBootPlan plan, RenderOptions options) {
        Expressible expressible = Expressible.of(plan, options);
        List<Diagnostic> diagnostics = new ArrayList<>(expressible.diagnostics());
        RancherConfig config = new RancherConfig(plan.catalog());
        for (Part part : expressible.parts()) {
            if (part.refused().isPresent()) {
                config.leaveOut(part, part.refused().get());
                continue;
            }
            try {
                config.add(part);
            } catch (InvalidValueException e) {
                Diagnostic why = Diagnostic.error(
                                Code.TARGET,
                                "Not for RancherOS",
                                part.declared().id() + ": " + e.getMessage())
                        .at(part.declared().source())
                        .suggest(e.advice());
                config.leaveOut(part, why);
                diagnostics.add(options.weigh(why));
            }
        }
        Rendered rendered = new Rendered(CloudYaml.bytes(config.toString()), "text/cloud-config; charset=utf-8", true);
        return Checked.unlessErrors(rendered, diagnostics);
    }
}
