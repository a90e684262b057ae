package dev.converge.git;

import dev.converge.filesystem.FolderFlush;
import dev.converge.filesystem.Removal;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes the files of a commit into a new folder, and waits until they are on the disk. What an earlier export has already is not written again, but given one
 * more name.
 */
public final class SiteExport {
    private final SiteMirror mirror;
    private final String inside;
    private final Optional<Submodules> submodules;
    private final Room room;

    /**
     * @param inside the site's folder in the repository; empty for all of it
     * @param submodules where other repositories in it are had from; empty to leave their folders empty
     * @param room how much it may take
     */
    public SiteExport(SiteMirror mirror, String inside, Optional<Submodules> submodules, Room room) {
        this.room = room;
        this.mirror = mirror;
        this.inside = inside;
        this.submodules = submodules;
    }

    /**
     * Writes them.
     *
     * @param into what is there is removed
     * @param earlier another export; its files are looked at before they are used
     * @throws ResourceFailure when the commit has what a site cannot have
     */
    public SiteTree write(String commit, Path into, Optional<Path> earlier) throws IOException {
        Removal.of(into);
        Files.createDirectories(
                into, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Repository repository = mirror.repository();
        ObjectId tree = folder(repository, tree(repository, ObjectId.fromString(commit)));
        TreeMap<String, SiteTree.Submodule> found = new TreeMap<>();
        Optional<SubmoduleList> list = submodules.isEmpty()
                ? Optional.empty()
                : Optional.of(SubmoduleList.of(repository, ObjectId.fromString(commit)));
        String above = inside.isEmpty() ? "" : inside + "/";
        new TreeFiles(into, earlier, room, (path, id, place) -> {
                    String inRepository = above + path;
                    String submoduleTree = list.isEmpty()
                            ? ""
                            : submodules
                                    .get()
                                    .write(mirror.address(), list.get().url(inRepository), id, place, path);
                    found.put(path, new SiteTree.Submodule(id.name(), submoduleTree));
                })
                .write(repository, tree, "");
        submodules.ifPresent(all -> found.putAll(all.nested()));
        LinkCheck.require(into);
        FolderFlush.of(into);
        return new SiteTree(tree.name(), found);
    }

    static ObjectId tree(Repository repository, ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(commit).getTree().toObjectId();
        }
    }

    private ObjectId folder(Repository repository, ObjectId tree) throws IOException {
        if (inside.isEmpty()) {
            return tree;
        }
        try (TreeWalk found = TreeWalk.forPath(repository, inside, tree)) {
            if (found == null || !FileMode.TREE.equals(found.getFileMode(0))) {
                throw new ResourceFailure(
                        "The commit has no folder " + inside + ".", "Correct path, or push a commit that has it.");
            }
            return found.getObjectId(0);
        }
    }
}
