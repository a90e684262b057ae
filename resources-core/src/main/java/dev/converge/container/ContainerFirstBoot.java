package dev.converge.container;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.ContainerCommand;
import dev.converge.firstboot.Step.MakeFolder;
import dev.converge.firstboot.Step.RefreshUnit;
import dev.converge.firstboot.Step.ReloadUnits;
import dev.converge.firstboot.Step.Remove;
import dev.converge.firstboot.Step.RunContainer;
import dev.converge.firstboot.Step.SetUnit;
import dev.converge.firstboot.Step.WriteFile;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A container without Converge: by its engine's own words, or as a unit of systemd. */
final class ContainerFirstBoot {
    private ContainerFirstBoot() {}

    static List<Step> steps(Declared<ContainerResource> declared, Scene scene) {
        ContainerResource container = declared.desired();
        boolean absent = declared.ensure() == Ensure.ABSENT;
        if (container.managedBy() == ManagedBy.SYSTEMD) {
            return absent ? removedUnit(container) : unit(container);
        }
        String engine = engine(container.engine(), scene);
        String name = container.name().text();
        if (absent) {
            return List.of(new ContainerCommand(
                    engine, List.of("rm", "--force", name), Guard.onlyIf(inspect(engine, "container", name))));
        }
        return List.of(new RunContainer(
                engine,
                name,
                container.image().orElseThrow().reference(),
                ContainerOptions.of(container),
                ContainerOptions.command(container),
                container.running()));
    }

    static List<Step> refresh(ContainerResource container, Scene scene) {
        String name = container.name().text();
        if (container.managedBy() == ManagedBy.SYSTEMD) {
            return List.of(new RefreshUnit(name + ".service", false));
        }
        String engine = engine(container.engine(), scene);
        String runs = "[ \"$(" + engine + " container inspect --format '{{.State.Running}}' " + Quoted.word(name)
                + ")\" = true ]";
        return List.of(new ContainerCommand(engine, List.of("restart", name), Guard.onlyIf(runs)));
    }

    private static List<Step> unit(ContainerResource container) {
        Path file = Path.of(QuadletUnit.file(container.name()));
        List<Step> steps = new ArrayList<>();
        steps.add(new MakeFolder(file.getParent(), Ownership.UNSAID, true));
        steps.add(new WriteFile(file, container.unit(), Ownership.root("0644"), true));
        Optional<Content> variables = container.unitVariables().filter(content -> content.size() > 0);
        Path variablesFile = Path.of(QuadletUnit.variablesFile(container.name()));
        steps.add(
                variables.isPresent()
                        ? new WriteFile(variablesFile, variables, Ownership.root("0600"), true)
                        : new Remove(variablesFile, false));
        steps.add(new ReloadUnits());
        String service = container.name() + ".service";
        steps.add(new SetUnit(service, Optional.empty(), Optional.of(container.running()), Optional.empty()));
        steps.add(new RefreshUnit(service, false));
        return steps;
    }

    private static List<Step> removedUnit(ContainerResource container) {
        return List.of(
                new SetUnit(container.name() + ".service", Optional.empty(), Optional.of(false), Optional.empty()),
                new Remove(Path.of(QuadletUnit.file(container.name())), false),
                new Remove(Path.of(QuadletUnit.variablesFile(container.name())), false),
                new ReloadUnits());
    }

    /** The program of the engine that is addressed, or of the one that the manifest installs. */
    static String engine(Optional<EngineAddress> address, Scene scene) {
        if (address.isPresent()) {
            return address.get().toString().contains("docker") ? "docker" : "podman";
        }
        boolean docker = List.of("docker.io", "docker-ce", "docker").stream()
                .anyMatch(name ->
                        scene.find(new ResourceId("pkg", name), Resource.class).isPresent());
        return docker ? "docker" : "podman";
    }

    static String inspect(String engine, String kind, String name) {
        return engine + " " + kind + " inspect " + Quoted.word(name);
    }
}
