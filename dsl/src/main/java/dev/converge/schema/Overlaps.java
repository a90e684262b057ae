package dev.converge.schema;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.KeepsContent;
import dev.converge.model.KeepsTree;
import dev.converge.model.KeptInFiles;
import dev.converge.model.OwnsPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds paths that several resources write: an error where they cannot agree, a warning where each run may undo its own
 * work. Paths are compared, and what the links that are declared make of them; links of the host are not known yet, and
 * {@link LinkedPaths} sees to them in a run.
 */
public final class Overlaps {
    /** By path; nearly all resources of a large site are in it, so a path is a text that is there already. */
    private final Map<String, Declared<?>> owners;

    private final DeclaredLinks links = new DeclaredLinks();
    private final Map<String, Declared<?>> wholes = new HashMap<>();
    private final List<Diagnostic> found = new ArrayList<>();

    private final List<Declared<?>> resources;

    private Overlaps(List<Declared<?>> resources) {
        this.resources = resources;
        owners = new HashMap<>(resources.size() * 2);
    }

    /** In the order of declaration, each at the later one of two resources. */
    public static List<Diagnostic> of(List<Declared<?>> resources) {
        Overlaps overlaps = new Overlaps(resources);
        boolean several = false;
        for (Declared<?> resource : resources) {
            if (resource.desired() instanceof OwnsPath) {
                overlaps.owner(resource);
            }
            several |= resource.desired() instanceof KeptInFiles || resource.desired() instanceof KeepsTree;
        }
        resources.forEach(overlaps::byLink);
        if (several) {
            resources.forEach(overlaps::other);
        }
        return overlaps.found;
    }

    private void owner(Declared<?> resource) {
        links.add(resource);
        Declared<?> before = owners.putIfAbsent(resource.id().name(), resource);
        if (before != null && !agree(before, resource)) {
            found.add(contradiction(before, resource, resource.id().name()));
        }
    }

    /** Two files that are one, by a link that is declared too. */
    private void byLink(Declared<?> resource) {
        if (!(resource.desired() instanceof OwnsPath own) || !gives(resource)) {
            return;
        }
        String name = resource.id().name();
        Declared<?> same =
                links.followed(name, own.followsLink()).map(owners::get).orElse(null);
        if (same != null && !same.id().equals(resource.id()) && gives(same)) {
            boolean later = resources.indexOf(resource) > resources.indexOf(same);
            found.add(contradiction(
                    later ? same : resource, later ? resource : same, same.id().name()));
        }
    }

    private static boolean gives(Declared<?> resource) {
        return isPresent(resource) && isFile(resource) && keepsContent(resource);
    }

    private static boolean agree(Declared<?> one, Declared<?> other) {
        if (one.ensure() != other.ensure()) {
            return false;
        }
        OwnsPath first = (OwnsPath) one.desired();
        OwnsPath second = (OwnsPath) other.desired();
        return one.ensure() == Ensure.ABSENT
                || first.thing() == second.thing()
                || leadsTo(first, second)
                || leadsTo(second, first);
    }

    private static boolean leadsTo(OwnsPath link, OwnsPath followed) {
        return link.thing() == OwnsPath.Thing.LINK && followed.followsLink();
    }

    private void other(Declared<?> resource) {
        if (resource.desired() instanceof KeptInFiles kept) {
            List<Path> own = kept.wholeFiles();
            own.forEach(file -> whole(resource, file.toString()));
            kept.files().stream().filter(file -> !own.contains(file)).forEach(file -> part(resource, kept, file));
        } else if (resource.desired() instanceof KeepsTree && !(resource.desired() instanceof OwnsPath)) {
            tree(resource);
        }
    }

    private void tree(Declared<?> resource) {
        Declared<?> owner = owners.get(resource.id().name());
        if (owner != null && isPresent(owner) && isPresent(resource) && isFile(owner)) {
            found.add(contradiction(owner, resource, resource.id().name()));
        }
    }

    private void whole(Declared<?> resource, String file) {
        Declared<?> owner = owners.get(file);
        if (owner != null && !leaves(owner, resource)) {
            found.add(contradiction(owner, resource, file));
        }
        Declared<?> before = wholes.putIfAbsent(file, resource);
        if (before != null && (isPresent(before) || isPresent(resource))) {
            found.add(contradiction(before, resource, file));
        }
    }

    /** Whether the owner of a path has nothing against it that another resource writes the whole file there. */
    private static boolean leaves(Declared<?> owner, Declared<?> resource) {
        if (owner.ensure() != resource.ensure()) {
            return false;
        }
        return !isPresent(owner) || (isFile(owner) && !keepsContent(owner));
    }

    /** Whether two resources that each say all of what is at one path, by two names for it, can do so side by side. */
    static boolean leavesAlone(Declared<?> one, Declared<?> other) {
        if (one.desired() instanceof OwnsPath first) {
            if (!(other.desired() instanceof OwnsPath second)) {
                return leaves(one, other);
            }
            if (isPresent(one) && isPresent(other)) {
                return leadsTo(first, second) || leadsTo(second, first);
            }
        } else if (other.desired() instanceof OwnsPath) {
            return leaves(other, one);
        }
        return !isPresent(one) && !isPresent(other);
    }

    /** Whether a resource that says what is at a path undoes what another one writes into a part of it. */
    static boolean disturbs(Declared<?> whole) {
        return whole.desired() instanceof OwnsPath owner
                && isPresent(whole)
                && (owner.thing() == OwnsPath.Thing.DIRECTORY || keepsContent(whole));
    }

    private void part(Declared<?> resource, KeptInFiles part, Path file) {
        String name = links.followed(file.toString(), true).orElse(file.toString());
        Declared<?> owner = owners.getOrDefault(name, owners.get(file.toString()));
        if (owner == null || !isPresent(owner)) {
            return;
        }
        if (((OwnsPath) owner.desired()).thing() == OwnsPath.Thing.DIRECTORY) {
            found.add(contradiction(owner, resource, file.toString()));
        } else if (keepsContent(owner)) {
            found.add(overlap(resource, part, owner));
        }
    }

    private static boolean isPresent(Declared<?> resource) {
        return resource.ensure() == Ensure.PRESENT;
    }

    private static boolean isFile(Declared<?> owner) {
        return ((OwnsPath) owner.desired()).thing() == OwnsPath.Thing.FILE;
    }

    private static boolean keepsContent(Declared<?> owner) {
        return owner.desired() instanceof KeepsContent whole && whole.keepsContent();
    }

    private static Diagnostic contradiction(Declared<?> before, Declared<?> later, String path) {
        String both = before.id() + " and " + later.id() + " both say what is at " + path;
        String how = isPresent(before) == isPresent(later) ? "." : ": one that it is there, the other that it is not.";
        return Diagnostic.error(Code.CONFLICTING_ATTRIBUTES, "Two resources for one path", both + how)
                .at(later.source())
                .suggest("Declare one of them.")
                .related(Related.at(before.id() + " is declared here", before.source()));
    }

    private static Diagnostic overlap(Declared<?> part, KeptInFiles kept, Declared<?> whole) {
        String both = whole.id() + " gives its file all of its content, and " + part.id() + " changes a part of it: ";
        Optional<Boolean> agree = ((KeepsContent) whole.desired())
                .writtenText()
                .filter(text -> isPresent(part))
                .flatMap(kept::isIn);
        Diagnostic told = agree.filter(same -> !same).isPresent()
                ? Diagnostic.error(
                        Code.CONFLICTING_ATTRIBUTES,
                        "Resources contradict each other",
                        both + "the content is without it, so both would change the file in each run.")
                : Diagnostic.warning(
                        Code.CONFLICTING_ATTRIBUTES,
                        "Resources may undo each other",
                        both + "unless they agree, both change it in each run.");
        return told.at(part.source())
                .suggest("Write it into the content, or declare only parts of the file.")
                .related(Related.at(whole.id() + " is declared here", whole.source()));
    }
}
