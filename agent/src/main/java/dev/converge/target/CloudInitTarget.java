package dev.converge.target;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.target.FirstBootPlan.Part;

/**
 * User-data for cloud-init, read by every cloud and by NoCloud. Keys where cloud-init does exactly what the manifest says,
 * in the order in which it takes them; all else in one script of {@code runcmd}, which stops at the first failure.
 */
final class CloudInitTarget implements OutputTarget {
    private final UserDataSize size;

    CloudInitTarget(UserDataSize size) {
        this.size = size;
    }

    @Override
    public String name() {
        return "cloud-init";
    }

    @Override
    public String summary() {
        return "user-data for cloud-init";
    }

    @Override
    public Checked<Rendered> render(FirstBootPlan plan, RenderOptions options) {
        Expressible expressible = Expressible.of(plan, options);
        if (expressible.diagnostics().stream().anyMatch(Diagnostic::isError)) {
            return Checked.failed(expressible.diagnostics());
        }
        byte[] text = CloudYaml.bytes(text(new FirstBootPlan(plan.catalog(), expressible.parts())));
        return size.fit(text, MissingEngines.told(expressible));
    }

    private static String text(FirstBootPlan plan) {
        CloudConfig out = new CloudConfig();
        out.say("Made by converge render: brings a new machine to what the manifest says.");
        for (Part part : plan.parts()) {
            part.refused()
                    .ifPresent(why -> out.say("LEFT OUT: " + PlacedStep.origin(part.declared()) + ": " + why.detail()));
        }
        CloudPlacement placement = CloudPlacement.of(plan);
        CloudInitKeyText.write(placement.early(), out);
        if (!placement.late().isEmpty()) {
            out.add("runcmd", ShellScript.of(plan.catalog(), placement.late()));
        }
        return out.toString();
    }
}
