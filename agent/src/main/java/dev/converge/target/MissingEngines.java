package dev.converge.target;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.firstboot.Step.InstallPackage;
import dev.converge.firstboot.Step.RunContainer;
import dev.converge.target.FirstBootPlan.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds containers whose engine no package of the plan brings: a boot comes to an end at them, unless the image has it. */
final class MissingEngines {
    private MissingEngines() {}

    /** What is said of a plan anyway, then a warning for the first container of each such engine. */
    static List<Diagnostic> told(Expressible expressible) {
        List<Part> parts = expressible.parts();
        Set<String> packages = parts.stream()
                .flatMap(part -> part.steps().stream())
                .filter(InstallPackage.class::isInstance)
                .map(step -> ((InstallPackage) step).name())
                .collect(Collectors.toSet());
        List<String> seen = new ArrayList<>();
        List<Diagnostic> found = new ArrayList<>(expressible.diagnostics());
        for (Part part : parts) {
            part.steps().stream()
                    .filter(RunContainer.class::isInstance)
                    .map(step -> ((RunContainer) step).engine())
                    .filter(engine -> packages.stream().noneMatch(name -> name.contains(engine)))
                    .filter(engine -> !seen.contains(engine))
                    .forEach(engine -> {
                        seen.add(engine);
                        found.add(missing(part, engine));
                    });
        }
        return found;
    }

    private static Diagnostic missing(Part part, String engine) {
        String name = engine.equals("docker") ? "docker.io" : engine;
        return Diagnostic.warning(
                        Code.TARGET,
                        "No engine for a container",
                        part.declared().id() + " is run by " + engine + ", which no package of the manifest brings.")
                .at(part.declared().source())
                .suggest("Declare it, such as pkg '" + name + "', unless the image of the machine has it.");
    }
}
