package dev.converge.target;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.Facts;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.provider.Provider;
import dev.converge.schema.TypeRegistry;
import dev.converge.target.FirstBootPlan.Part;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the resources of a catalog into steps, each by its own type. */
final class Lowering implements Scene {
    private final Catalog catalog;
    private final TypeRegistry types;
    private final Facts facts;
    private final Set<ResourceId> notified = new HashSet<>();
    private final Map<String, Provider<?>> providers = new HashMap<>();

    Lowering(Catalog catalog, TypeRegistry types, Facts facts) {
        this.catalog = catalog;
        this.types = types;
        this.facts = facts;
        for (Edge edge : catalog.edges()) {
            if (edge.kind() == Edge.Kind.NOTIFY) {
                notified.add(edge.to());
            }
        }
    }

    List<Part> parts() {
        return catalog.resources().stream().map(this::part).toList();
    }

    private <R extends Resource> Part part(Declared<R> declared) {
        if (declared.policy().isNoop()) {
            return new Part(declared, List.of());
        }
        if (!(provider(declared) instanceof FirstBoot<?> able)) {
            return Part.refused(declared, unable(declared));
        }
        @SuppressWarnings("unchecked") // A provider and its ability are about one record.
        FirstBoot<R> firstBoot = (FirstBoot<R>) able;
        try {
            List<Step> steps = firstBoot.steps(declared, this);
            List<Step> refresh = isNotified(declared.id()) ? firstBoot.refreshSteps(declared, this) : List.of();
            return new Part(declared, steps, refresh, Optional.empty());
        } catch (InvalidValueException e) {
            return Part.refused(declared, refusal(declared, e.getMessage()).suggest(e.advice()));
        }
    }

    private Provider<?> provider(Declared<?> declared) {
        return providers.computeIfAbsent(
                declared.id().type(), type -> types.get(type).newProvider());
    }

    private static Diagnostic unable(Declared<?> declared) {
        return refusal(
                declared, "The type " + declared.id().type() + " cannot be made at a first boot without Converge.");
    }

    private static Diagnostic refusal(Declared<?> declared, String why) {
        return Diagnostic.error(Code.TARGET, "Not for a first boot", declared.id() + ": " + why)
                .at(declared.source())
                .suggest("Let Converge make it: converge render cloud-init --bootstrap installs it and runs it once.");
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public <R extends Resource> Optional<Declared<R>> find(ResourceId id, Class<R> type) {
        return catalog.find(id)
                .filter(found -> type.isInstance(found.desired()))
                .map(Lowering::cast);
    }

    @Override
    public <R extends Resource> List<Declared<R>> all(String type, Class<R> record) {
        return catalog.resources().stream()
                .filter(found -> found.id().type().equals(type))
                .filter(found -> record.isInstance(found.desired()))
                .map(Lowering::<R>cast)
                .toList();
    }

    @SuppressWarnings("unchecked") // Only for what was seen to be of the type.
    private static <R extends Resource> Declared<R> cast(Declared<?> found) {
        return (Declared<R>) found;
    }

    @Override
    public boolean isNotified(ResourceId id) {
        return notified.contains(id);
    }
}
