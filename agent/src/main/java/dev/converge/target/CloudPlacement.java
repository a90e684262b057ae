package dev.converge.target;

import dev.converge.firstboot.Step;
import dev.converge.model.Edge;
import dev.converge.model.ResourceId;
import dev.converge.target.FirstBootPlan.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives each resource the first stages that do it exactly and in which nothing that it comes after is still to be done:
 * what it requires; for files also the packages declared before them, which may bring the folder or the file, and the
 * users in whose homes they are. A resource of which one step has no key is done by shell as a whole.
 */
final class CloudPlacement {
    private static final Path HOMES = Path.of("/home");

    private final CloudInitKeys keys;
    private final Map<ResourceId, List<ResourceId>> before = new HashMap<>();
    private final Map<ResourceId, CloudStage> last = new HashMap<>();
    private final Map<Path, CloudStage> homes = new HashMap<>();
    private final Set<String> keyed = new HashSet<>();
    private final List<PlacedStep> early = new ArrayList<>();
    private final List<Part> late = new ArrayList<>();
    private CloudStage packages = CloudStage.FILES;

    private CloudPlacement(FirstBootPlan plan) {
        Set<String> groups = new HashSet<>();
        for (Part part : plan.parts()) {
            for (Step step : part.steps()) {
                if (step instanceof Step.AddGroup group) {
                    groups.add(group.name());
                }
            }
        }
        keys = new CloudInitKeys(groups);
        for (Edge edge : plan.catalog().edges()) {
            before.computeIfAbsent(edge.to(), id -> new ArrayList<>()).add(edge.from());
        }
    }

    static CloudPlacement of(FirstBootPlan plan) {
        CloudPlacement placement = new CloudPlacement(plan);
        plan.parts().forEach(placement::place);
        return placement;
    }

    /** What has a key, in the order of the plan. */
    List<PlacedStep> early() {
        return early;
    }

    /** What is left to shell, at the end, in the order of the plan. */
    List<Part> late() {
        return late;
    }

    private void place(Part part) {
        ResourceId id = part.declared().id();
        CloudStage floor = CloudStage.FILES;
        for (ResourceId required : before.getOrDefault(id, List.of())) {
            floor = floor.orLater(last.getOrDefault(required, CloudStage.FILES));
        }
        List<PlacedStep> steps = new ArrayList<>();
        for (Step step : part.steps()) {
            floor = stageOf(step, floor.orLater(floorOf(step)));
            steps.add(new PlacedStep(part.declared(), step, floor));
        }
        boolean shell = floor == CloudStage.RUN && !part.steps().isEmpty();
        if (shell || !part.refresh().isEmpty()) {
            floor = CloudStage.RUN;
            late.add(part);
        } else {
            early.addAll(steps);
        }
        last.put(id, floor);
        for (PlacedStep step : steps) {
            note(step.step(), floor == CloudStage.RUN ? floor : step.stage());
        }
    }

    /** What a step comes after without an order that says so. */
    private CloudStage floorOf(Step step) {
        if (!(step instanceof Step.WriteFile file)) {
            return CloudStage.FILES;
        }
        CloudStage floor = packages;
        for (Map.Entry<Path, CloudStage> home : homes.entrySet()) {
            floor = file.path().startsWith(home.getKey()) ? floor.orLater(home.getValue()) : floor;
        }
        return floor;
    }

    private CloudStage stageOf(Step step, CloudStage floor) {
        if (step instanceof Step.Say) {
            return floor;
        }
        if (step instanceof Step.AuthorizeKey key) {
            return keyed.contains(key.user()) && !CloudStage.ACCOUNTS.isBefore(floor)
                    ? CloudStage.ACCOUNTS
                    : CloudStage.RUN;
        }
        for (CloudStage stage : keys.of(step)) {
            if (!stage.isBefore(floor)) {
                return stage;
            }
        }
        return CloudStage.RUN;
    }

    private void note(Step step, CloudStage stage) {
        if (step instanceof Step.InstallPackage) {
            packages = packages.orLater(stage);
        }
        if (step instanceof Step.AddUser user) {
            homes.put(user.account().home().orElseGet(() -> HOMES.resolve(user.name())), stage);
            if (stage == CloudStage.ACCOUNTS && CloudInitKeys.takesKeys(user)) {
                keyed.add(user.name());
            }
        }
    }
}
