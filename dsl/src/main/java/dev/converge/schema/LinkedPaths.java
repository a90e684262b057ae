package dev.converge.schema;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.model.Declared;
import dev.converge.model.KeptInFiles;
import dev.converge.model.OwnsPath;
import dev.converge.provider.Host;
import dev.converge.provider.RealFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds paths that several resources write by different names, because links among the folders of the host make them
 * one: what {@link Overlaps} cannot know. The host is asked only for folders in which names are declared that are also
 * declared elsewhere, and for each of them once.
 */
public final class LinkedPaths {
    private final List<Claim> claims = new ArrayList<>();

    private LinkedPaths() {}

    /**
     * That a resource writes a file.
     *
     * @param path as the resource names it
     * @param whole whether it says all of what is there, and not a part
     */
    private record Claim(Declared<?> resource, String path, boolean whole) {
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        boolean isBeside(Claim other) {
            int folder = path.lastIndexOf('/') + 1;
            return folder == other.path.lastIndexOf('/') + 1 && path.regionMatches(0, other.path, 0, folder);
        }
    }

    /** A warning for each two resources, at the later one of them. */
    public static List<Diagnostic> of(List<Declared<?>> resources, Host host) {
        LinkedPaths paths = new LinkedPaths();
        for (Declared<?> resource : resources) {
            paths.claim(resource);
        }
        List<Claim> suspects = paths.suspects();
        return suspects.isEmpty() ? List.of() : warnings(suspects, new RealFolders(host));
    }

    private void claim(Declared<?> resource) {
        if (resource.desired() instanceof OwnsPath) {
            claims.add(new Claim(resource, resource.id().name(), true));
        }
        if (resource.desired() instanceof KeptInFiles kept) {
            List<Path> whole = kept.wholeFiles();
            for (Path file : kept.files()) {
                claims.add(new Claim(resource, file.toString(), whole.contains(file)));
            }
        }
    }

    /** Those whose last name is claimed in another folder too: links among folders make no others one. */
    private List<Claim> suspects() {
        if (isOneFolder()) {
            return List.of();
        }
        Map<String, Claim> first = new HashMap<>(claims.size() * 2);
        Set<String> several = new HashSet<>();
        for (Claim claim : claims) {
            String name = claim.name();
            Claim before = first.putIfAbsent(name, claim);
            if (before != null && !before.path().equals(claim.path())) {
                several.add(name);
            }
        }
        List<Claim> suspects = new ArrayList<>();
        if (!several.isEmpty()) {
            for (Claim claim : claims) {
                if (several.contains(claim.name())) {
                    suspects.add(claim);
                }
            }
        }
        return suspects;
    }

    private boolean isOneFolder() {
        for (Claim claim : claims) {
            if (!claim.isBeside(claims.get(0))) {
                return false;
            }
        }
        return true;
    }

    private static List<Diagnostic> warnings(List<Claim> suspects, RealFolders folders) {
        Map<Path, List<Claim>> known = new HashMap<>();
        List<Diagnostic> found = new ArrayList<>();
        for (Claim claim : suspects) {
            Path real = folders.path(Path.of(claim.path()));
            List<Claim> earlier = known.computeIfAbsent(real, path -> new ArrayList<>());
            for (Claim before : earlier) {
                if (!before.path().equals(claim.path()) && clash(before, claim)) {
                    found.add(warning(before, claim, real));
                }
            }
            earlier.add(claim);
        }
        return found;
    }

    private static boolean clash(Claim one, Claim other) {
        if (!one.whole()) {
            return other.whole() && Overlaps.disturbs(other.resource());
        }
        if (!other.whole()) {
            return Overlaps.disturbs(one.resource());
        }
        return !Overlaps.leavesAlone(one.resource(), other.resource());
    }

    private static Diagnostic warning(Claim before, Claim later, Path real) {
        Declared<?> first = before.resource();
        Declared<?> second = later.resource();
        String what = before.whole() && later.whole()
                ? first.id() + " and " + second.id() + " both say what is at " + real
                : whole(before, later).id() + " says all of what is at " + real + ", and "
                        + part(before, later).id() + " changes a part of it";
        return Diagnostic.warning(
                        Code.CONFLICTING_ATTRIBUTES,
                        "Resources may undo each other",
                        what
                                + ": links of the host make their paths one. Where they differ, both change it in each run.")
                .at(second.source())
                .suggest("Declare it once, by its real path.")
                .related(Related.at(first.id() + " is declared here", first.source()));
    }

    private static Declared<?> whole(Claim one, Claim other) {
        return one.whole() ? one.resource() : other.resource();
    }

    private static Declared<?> part(Claim one, Claim other) {
        return one.whole() ? other.resource() : one.resource();
    }
}
