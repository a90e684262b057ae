package dev.converge.target;

import dev.converge.diagnostic.Checked;

/** Something that a catalog can be rendered into. */
public interface OutputTarget {
    /** As the command line has it, such as {@code cloud-init}. */
    String name();

    /** What it is, in a line of help. */
    String summary();

    /** The same plan and options give the same bytes. What the target cannot express is an error, unless it may be left out. */
    Checked<Rendered> render(FirstBootPlan plan, RenderOptions options);
}
