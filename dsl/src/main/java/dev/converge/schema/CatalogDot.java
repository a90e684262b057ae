package dev.converge.schema;

import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Ensure;
import dev.converge.model.Reason;

/** A catalog as a graph for Graphviz: resources as boxes in run order, orders as arrows, notifications bold. */
public final class CatalogDot {
    private CatalogDot() {}

    /** The whole document, in the DOT language. */
    public static String of(Catalog catalog) {
        StringBuilder out = new StringBuilder("digraph catalog {\n");
        out.append("  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
        out.append("  edge [fontname=\"sans-serif\", fontsize=10];\n");
        int number = 0;
        for (Declared<?> resource : catalog.resources()) {
            out.append("  r").append(number++).append(" [label=").append(quote(label(resource)));
            out.append(", tooltip=").append(quote(resource.source().toString())).append("];\n");
        }
        for (Edge edge : catalog.edges()) {
            out.append("  r").append(catalog.indexOf(edge.from()));
            out.append(" -> r").append(catalog.indexOf(edge.to()));
            out.append(" [").append(style(edge)).append("];\n");
        }
        return out.append("}\n").toString();
    }

    private static String label(Declared<?> resource) {
        String id = resource.id().toString();
        return resource.ensure() == Ensure.ABSENT ? id + " (absent)" : id;
    }

    private static String style(Edge edge) {
        StringBuilder out = new StringBuilder("label=").append(quote(word(edge.why())));
        out.append(", tooltip=").append(quote(edge.why().toString()));
        if (edge.kind() == Edge.Kind.NOTIFY) {
            out.append(", style=bold");
        } else if (edge.why() instanceof Reason.Automatic) {
            out.append(", style=dashed");
        }
        return out.toString();
    }

    private static String word(Reason why) {
        if (why instanceof Reason.Written written) {
            return written.word();
        }
        if (why instanceof Reason.Containment containment) {
            return containment.word() + " " + containment.composite();
        }
        return why instanceof Reason.Automatic automatic ? automatic.attribute() : why.toString();
    }

    /** In a label a backslash begins an escape of its own, so it is doubled; see the Graphviz page on escString. */
    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
