package dev.converge.watch;

import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.KeepsTree;
import dev.converge.model.KeptInFiles;
import dev.converge.model.OwnsPath;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import dev.converge.schema.TypeRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is watched for a catalog, and which resources each point concerns. */
final class Points {
    private final TypeRegistry types;
    private final Host host;
    private final Map<String, Provider<?>> providers = new HashMap<>();
    private final Map<WatchPoint, Set<ResourceId>> found = new LinkedHashMap<>();

    private Points(TypeRegistry types, Host host) {
        this.types = types;
        this.host = host;
    }

    static Map<WatchPoint, Set<ResourceId>> of(Catalog catalog, TypeRegistry types, Host host)
            throws InterruptedException {
        Points points = new Points(types, host);
        for (Declared<?> declared : catalog.resources()) {
            for (WatchPoint point : points.of(declared)) {
                points.found.computeIfAbsent(point, any -> new TreeSet<>()).add(declared.id());
            }
        }
        return points.found;
    }

    private <R extends Resource> List<WatchPoint> of(Declared<R> declared) throws InterruptedException {
        List<WatchPoint> points = new ArrayList<>();
        R desired = declared.desired();
        if (desired instanceof OwnsPath owner) {
            points.add(new WatchPoint.Entry(Path.of(declared.id().name()), owner.followsLink()));
        }
        if (desired instanceof KeptInFiles kept) {
            kept.files().forEach(file -> points.add(WatchPoint.Entry.of(file)));
        }
        if (provider(declared) instanceof Watchable<?> watchable) {
            points.addAll(more(cast(watchable), desired));
        } else if (desired instanceof KeepsTree tree && tree.keepsTree()) {
            points.add(new WatchPoint.Tree(Path.of(declared.id().name())));
        }
        return points;
    }

    /** What cannot be told now is found out by the next run of all, and so is why. */
    private <R extends Resource> List<WatchPoint> more(Watchable<R> watchable, R desired) throws InterruptedException {
        try {
            return watchable.watched(desired, host);
        } catch (IOException | ResourceFailure e) {
            return List.of();
        }
    }

    @SuppressWarnings("unchecked")
    private static <R extends Resource> Watchable<R> cast(Watchable<?> watchable) {
        return (Watchable<R>) watchable;
    }

    private Provider<?> provider(Declared<?> declared) {
        return providers.computeIfAbsent(
                declared.id().type(), type -> types.get(type).newProvider());
    }
}
