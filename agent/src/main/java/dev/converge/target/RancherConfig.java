package dev.converge.target;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.firstboot.Step;
import dev.converge.model.Catalog;
import dev.converge.model.Edge;
import dev.converge.model.InvalidValueException;
import dev.converge.model.ResourceId;
import dev.converge.target.FirstBootPlan.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of RancherOS while they are put together: what has none is done by shell, between the mounts and the services. */
final class RancherConfig {
    private static final String CONTAINER_TAG = "container-";

    private final Catalog catalog;
    private final CloudConfig out = new CloudConfig();
    private final RancherSection rancher = new RancherSection();
    private final Map<ResourceId, RancherStage> last = new HashMap<>();
    private final List<Part> late = new ArrayList<>();
    private final RancherFolders folders;

    RancherConfig(Catalog catalog) {
        this.catalog = catalog;
        folders = new RancherFolders(catalog);
        out.say("Made by converge render: what a machine with RancherOS boots from.");
    }

    void leaveOut(Part part, Diagnostic why) {
        out.say("LEFT OUT: " + PlacedStep.origin(part.declared()) + ": " + why.detail());
    }

    /** @throws InvalidValueException when RancherOS has no way to it */
    void add(Part given) {
        Part part = withoutReload(given);
        ResourceId id = part.declared().id();
        RancherStage floor = RancherStage.INIT;
        for (Edge edge : catalog.edges()) {
            floor = edge.to().equals(id) ? floor.orLater(last.getOrDefault(edge.from(), floor)) : floor;
        }
        if (floor == RancherStage.INIT && folders.takes(part)) {
            last.put(id, floor);
            return;
        }
        RancherStage stage = stageOf(part, floor);
        InvalidValueException.when(
                stage == RancherStage.RUN && floor == RancherStage.SERVICES,
                "It comes after a container, and RancherOS starts containers last.",
                "Take the order away, or do it in a container of its own.");
        if (stage == RancherStage.RUN) {
            late.addAll(folders.before(part));
            late.add(part);
        } else {
            folders.note(part);
            part.steps().forEach(step -> write(step, part));
        }
        last.put(id, stage.orLater(floor));
    }

    /** A new line of fstab is told to systemd, which is not there. */
    private static Part withoutReload(Part part) {
        if (part.steps().stream().noneMatch(Step.Mount.class::isInstance)) {
            return part;
        }
        List<Step> steps = part.steps().stream()
                .filter(step -> !(step instanceof Step.ReloadUnits))
                .toList();
        return new Part(part.declared(), steps, part.refresh(), part.refused());
    }

    /** Containers and settings start after all that notifies them, so nothing is left of their refresh. */
    private static RancherStage stageOf(Part part, RancherStage floor) {
        RancherStage stage = RancherStage.INIT;
        boolean shell = false;
        for (Step step : part.steps()) {
            RancherStage own = RancherKeys.stageOf(step);
            boolean late = own == RancherStage.FILES || own == RancherStage.MOUNTS;
            shell |= own == RancherStage.RUN || (late && own.isBefore(floor.orLater(stage)));
            stage = stage.orLater(own);
        }
        return shell ? RancherStage.RUN : stage;
    }

    private void write(Step step, Part part) {
        String origin = PlacedStep.origin(part.declared());
        if (step instanceof Step.WriteFile file) {
            write(file, part, origin);
        } else if (step instanceof Step.SetHostname name) {
            out.set(origin, "hostname", name.name());
        } else if (step instanceof Step.AuthorizeKey key) {
            out.add(origin, "ssh_authorized_keys", key.line());
        } else if (step instanceof Step.Mount mount) {
            String options = String.join(",", mount.options());
            out.add(origin, "mounts", List.of(mount.device(), mount.path().toString(), mount.type(), options));
        } else if (step instanceof Step.Say said) {
            out.say(origin + ": " + said.message());
        } else {
            rancher.add(step, origin);
            tell(step);
        }
    }

    /** RancherOS mounts its state before it fetches anything ({@code pkg/init}), so a fetched key comes too late. */
    private void tell(Step step) {
        if (step instanceof Step.FormatDisk disk) {
            out.say("Where this is fetched at boot, the kernel needs these arguments: rancher.state.dev=LABEL="
                    + disk.label().orElseThrow() + " rancher.state.autoformat=[" + disk.device() + "]");
        }
    }

    /** A file with the tag {@code container-NAME} is one of that system container. */
    private void write(Step.WriteFile file, Part part, String origin) {
        Optional<Map.Entry<String, Map<String, Object>>> setting = RancherSettings.of(file);
        if (setting.isPresent()) {
            setting.get()
                    .getValue()
                    .forEach((key, value) -> rancher.set(setting.get().getKey(), key, value, origin));
            return;
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        part.declared().policy().tags().stream()
                .filter(tag -> tag.startsWith(CONTAINER_TAG))
                .findFirst()
                .ifPresent(tag -> entry.put("container", tag.substring(CONTAINER_TAG.length())));
        entry.putAll(WrittenFile.of(file.path(), file.content().orElseThrow(), file.ownership()));
        out.add(origin, "write_files", entry);
    }

    @Override
    public String toString() {
        List<Part> all = new ArrayList<>(late);
        all.addAll(folders.left());
        if (!all.isEmpty()) {
            out.add("runcmd", ShellScript.of(catalog, all));
        }
        return out + rancher.toString();
    }
}
