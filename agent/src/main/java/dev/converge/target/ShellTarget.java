package dev.converge.target;

import dev.converge.diagnostic.Checked;
import java.nio.charset.StandardCharsets;

/** A script for any machine with a POSIX shell and the usual programs. */
final class ShellTarget implements OutputTarget {
    @Override
    public String name() {
        return "shell";
    }

    @Override
    public String summary() {
        return "a POSIX script that does the same";
    }

    @Override
    public Checked<Rendered> render(FirstBootPlan plan, RenderOptions options) {
        Expressible expressible = Expressible.of(plan, options);
        byte[] text = ShellScript.of(plan.catalog(), expressible.parts()).getBytes(StandardCharsets.UTF_8);
        return Checked.unlessErrors(
                new Rendered(text, "text/x-shellscript; charset=utf-8", true), MissingEngines.told(expressible));
    }
}
