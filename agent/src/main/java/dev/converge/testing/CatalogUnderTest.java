package dev.converge.testing;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.schema.CatalogJson;
import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The catalog that a spec has compiled, with what can be asked of it. Each question is true or fails with what differs;
 * a resource that is asked for counts as covered.
 */
public final class CatalogUnderTest {
    private static final int NEAR = 5;

    private final Compilation compilation;
    private final Catalog catalog;
    private final TypeRegistry types;
    private final TestRun run;
    private final Reach reach;
    private final Set<ResourceId> looked = new HashSet<>();

    CatalogUnderTest(Compilation compilation, TestRun run) {
        this.compilation = compilation;
        this.catalog = compilation.catalog().orElseThrow();
        this.types = compilation.types();
        this.run = run;
        this.reach = new Reach(catalog);
    }

    /** The names of all resources of a type, in the catalog's order. */
    public List<String> names(String type) {
        return catalog.resources().stream()
                .map(Declared::id)
                .filter(id -> id.type().equals(type))
                .map(ResourceId::name)
                .toList();
    }

    /** Every resource as {@code type[name]}, in the catalog's order. */
    public List<String> getResources() {
        return catalog.resources().stream().map(one -> one.id().toString()).toList();
    }

    /** Whether these are in the catalog, with what stands between their braces. */
    public boolean contains(Object... wanted) {
        StringBuilder failures = new StringBuilder();
        for (Object one : wanted) {
            if (one instanceof WantedResource resource) {
                resource.ids().forEach(id -> hold(id, resource, failures));
            } else if (one instanceof ResourceNames names) {
                names.ids().forEach(this::must);
            } else {
                throw new SpecFailure("contains takes resources, such as file('/etc/motd') { mode '0644' }.");
            }
        }
        if (failures.length() > 0) {
            throw new SpecFailure(failures.toString().stripTrailing());
        }
        return true;
    }

    private void hold(ResourceId id, WantedResource wanted, StringBuilder failures) {
        Optional<Declared<?>> found = look(id);
        if (found.isEmpty()) {
            failures.append(missing(id)).append('\n');
            return;
        }
        List<String> differences = Mismatch.of(catalog, found.get(), wanted);
        if (!differences.isEmpty()) {
            failures.append(id).append(" is declared otherwise at ").append(compilation.place(found.get()));
            differences.forEach(line -> failures.append("\n  ").append(line));
            failures.append('\n');
        }
    }

    /** Whether none of these is in the catalog. */
    public boolean lacks(Object... wanted) {
        List<String> found = new ArrayList<>();
        for (Object one : wanted) {
            for (ResourceId id : idsOf(one)) {
                catalog.find(id)
                        .ifPresent(
                                there -> found.add(id + " is in the catalog, declared at " + compilation.place(there)));
            }
        }
        if (!found.isEmpty()) {
            throw new SpecFailure(String.join("\n", found));
        }
        return true;
    }

    /** Whether the spec has asked for every resource that the catalog has. */
    public boolean containsNothingElse() {
        List<String> others = new ArrayList<>();
        for (Declared<?> one : catalog.resources()) {
            if (!looked.contains(one.id())) {
                others.add("  " + one.id() + " declared at " + compilation.place(one));
            }
        }
        if (!others.isEmpty()) {
            throw new SpecFailure("The catalog contains more than the spec has named:\n" + String.join("\n", others));
        }
        return true;
    }

    /** Whether an order, direct or not, puts each of these before the next. */
    public boolean orders(Object... inOrder) {
        List<ResourceId> ids = new ArrayList<>();
        for (Object one : inOrder) {
            ids.addAll(idsOf(one));
        }
        ids.forEach(this::must);
        for (int i = 1; i < ids.size(); i++) {
            ResourceId first = ids.get(i - 1);
            ResourceId second = ids.get(i);
            if (!reach.isBefore(first, second)) {
                throw new SpecFailure("Nothing puts " + first + " before " + second + "."
                        + (reach.isBefore(second, first) ? " It is the other way round." : ""));
            }
        }
        return true;
    }

    /** Whether a change of the first refreshes the second. */
    public boolean notifies(Object source, Object target) {
        for (ResourceId from : idsOf(source)) {
            for (ResourceId to : idsOf(target)) {
                must(from);
                must(to);
                if (!reach.isNotified(from, to)) {
                    throw new SpecFailure(from + " does not notify " + to
                            + (reach.isBefore(from, to) ? "; it only comes before it." : "."));
                }
            }
        }
        return true;
    }

    /** Whether the whole catalog is the one in {@code test/golden/NAME.json}; covers everything. */
    public boolean matchesGolden(String name) {
        coverAll();
        new Golden(run, name).compare(CatalogJson.of(catalog, types));
        return true;
    }

    /** Counts every resource as looked at. */
    void coverAll() {
        catalog.resources().forEach(one -> look(one.id()));
    }

    /** The same declaration at the place that the author of the spec knows. */
    <R extends Resource> Declared<R> shown(Declared<R> one) {
        return new Declared<>(one.id(), one.desired(), one.ensure(), compilation.place(one), one.policy());
    }

    Diagnostic shown(Diagnostic told) {
        return compilation.trial().shown(told);
    }

    /** The resource types that its manifests could use. */
    TypeRegistry types() {
        return types;
    }

    /** What is converged. */
    Catalog whole() {
        return catalog;
    }

    private static List<ResourceId> idsOf(Object wanted) {
        if (wanted instanceof WantedResource resource) {
            return resource.ids();
        }
        if (wanted instanceof ResourceNames names) {
            return names.ids();
        }
        throw new SpecFailure("This takes resources, such as pkg['nginx'].");
    }

    private Declared<?> must(ResourceId id) {
        return look(id).orElseThrow(() -> new SpecFailure(missing(id)));
    }

    private Optional<Declared<?>> look(ResourceId id) {
        Optional<Declared<?>> found = catalog.find(id);
        looked.add(id);
        found.ifPresent(there -> run.coverage().touched(compilation.place(there)));
        return found;
    }

    private String missing(ResourceId id) {
        List<String> names = names(id.type());
        String near = Suggestions.nearest(id.name(), names)
                .map(name -> " Did you mean " + new ResourceId(id.type(), name) + "?")
                .orElseGet(() -> names.isEmpty()
                        ? " It has no " + id.type() + " at all."
                        : " Of that type it has "
                                + String.join(", ", names.subList(0, Math.min(NEAR, names.size())))
                                + (names.size() > NEAR ? " and " + (names.size() - NEAR) + " more." : "."));
        return "The catalog has no " + id + "." + near;
    }

    @Override
    public String toString() {
        return "a catalog of " + catalog.resources().size() + " resources";
    }
}
