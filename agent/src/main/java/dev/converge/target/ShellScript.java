package dev.converge.target;

import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.model.Catalog;
import dev.converge.model.Edge;
import dev.converge.model.ResourceId;
import dev.converge.model.Sha256;
import dev.converge.target.FirstBootPlan.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Parts of a plan as a POSIX script that stops at the first failure and may be run again. Which resource each line is for
 * stands before it; what a change notifies follows once, in the next run where this one has failed before.
 */
public final class ShellScript {
    private static final String HEAD = """
            #!/bin/sh
            # Made by converge render: brings this machine to what the manifest says. It may be run again.
            # shellcheck disable=SC1003,SC2016,SC2030,SC2031,SC2034,SC2089,SC2090,SC2317 # What stands in single quotes is meant so; and some names are used elsewhere.
            set -eu
            umask 022
            cd /
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            HOME=/root
            LC_ALL=C.UTF-8
            export PATH HOME LC_ALL
            current='the beginning'
            changed=no
            started=no
            """;
    private static final int NAME_DIGITS = 16;

    private final Catalog catalog;
    private final JointInstalls installs;
    private final Set<ResourceId> here = new HashSet<>();
    private final Set<ResourceId> following = new HashSet<>();
    private final StringBuilder body = new StringBuilder();

    private ShellScript(Catalog catalog, JointInstalls installs) {
        this.catalog = catalog;
        this.installs = installs;
    }

    /**
     * The whole script.
     *
     * @param catalog whose notifications they follow; those by resources that are not among the parts count as given
     * @param parts in their order
     */
    public static String of(Catalog catalog, List<Part> parts) {
        ShellScript script = new ShellScript(catalog, JointInstalls.of(catalog, parts));
        parts.forEach(part -> script.here.add(part.declared().id()));
        parts.stream()
                .filter(part -> !part.refresh().isEmpty())
                .forEach(part -> script.following.add(part.declared().id()));
        parts.forEach(script::add);
        SharedTexts shared = SharedTexts.of(parts);
        String text = shared.used(script.body + "\nsync\n");
        String trap = "trap ended EXIT\n";
        return HEAD + "\n" + Prelude.of(trap + text) + shared.definitions() + trap + text;
    }

    private void add(Part part) {
        ResourceId id = part.declared().id();
        body.append('\n').append(Comment.of(part));
        if (part.steps().isEmpty() && part.refresh().isEmpty()) {
            return;
        }
        line("part " + Quoted.always(id.toString()) + " "
                + Quoted.always(part.declared().source().fileAndLine()));
        if (!installs.at(id).isEmpty()) {
            line("install_together " + Quoted.words(installs.at(id)));
        }
        for (Step step : part.steps()) {
            String onChange = step instanceof Step.RefreshUnit ? "[ \"$changed\" = no ] || " : "";
            ShellSteps.of(step).forEach(text -> line(onChange + text));
        }
        owe(id);
        refresh(part);
    }

    /** Only to what follows: nothing else would ever settle it. */
    private void owe(ResourceId id) {
        List<String> names = new ArrayList<>();
        for (Edge edge : catalog.edges()) {
            if (edge.kind() == Edge.Kind.NOTIFY && edge.from().equals(id) && following.contains(edge.to())) {
                names.add(name(edge.to()));
            }
        }
        if (!names.isEmpty()) {
            line("owe " + String.join(" ", names));
        }
    }

    private void refresh(Part part) {
        if (part.refresh().isEmpty()) {
            return;
        }
        ResourceId id = part.declared().id();
        boolean elsewhere = catalog.edges().stream()
                .anyMatch(
                        edge -> edge.kind() == Edge.Kind.NOTIFY && edge.to().equals(id) && !here.contains(edge.from()));
        if (elsewhere) {
            part.refresh().forEach(step -> ShellSteps.of(step).forEach(this::line));
            return;
        }
        line("if owed " + name(id) + "; then");
        part.refresh().forEach(step -> ShellSteps.of(step).forEach(this::line));
        line("settle " + name(id));
        line("fi");
    }

    private void line(String line) {
        body.append(line).append('\n');
    }

    /** A name for a file that nothing else has. */
    private static String name(ResourceId id) {
        return Sha256.hex(id.toString()).substring(0, NAME_DIGITS);
    }
}
