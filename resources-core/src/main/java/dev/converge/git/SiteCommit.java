package dev.converge.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.StatusCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.submodule.SubmoduleWalk.IgnoreSubmoduleMode;

/**
 * The commit that a folder of manifests is at. Only reads, and starts no program, whatever the repository's owner has
 * written into it.
 *
 * @param id its name in hexadecimal digits
 * @param modified whether there is something that the commit does not have, or lacks something that it has; what Git was
 *     told to ignore does not count
 */
public record SiteCommit(String id, boolean modified) {

    /**
     * Empty where no commit is, or no repository that can be read.
     *
     * @param folder a folder in a work tree, not always its top
     * @param parts what in the folder counts as modified; all when empty
     */
    public static Optional<SiteCommit> of(Path folder, List<String> parts) {
        try {
            Path real = folder.toRealPath();
            Optional<Path> top = HeadFiles.top(real);
            return top.isEmpty() ? Optional.empty() : at(top.get(), top.get().relativize(real), parts);
        } catch (IOException | GitAPIException | JGitInternalException e) {
            return Optional.empty();
        }
    }

    private static Optional<SiteCommit> at(Path top, Path inside, List<String> parts)
            throws IOException, GitAPIException {
        Isolation.begin();
        FileRepositoryBuilder found = new FileRepositoryBuilder()
                .setFS(new ReadOnlyFiles())
                .findGitDir(top.toFile())
                .setWorkTree(top.toFile());
        if (found.getGitDir() == null) {
            return Optional.empty();
        }
        try (Repository repository = found.setMustExist(true).build();
                Git git = new Git(repository)) {
            ObjectId head = repository.resolve(Constants.HEAD);
            if (head == null) {
                return Optional.empty();
            }
            // What a submodule is at counts; looking into it would mean to read another repository.
            StatusCommand status = git.status().setIgnoreSubmodules(IgnoreSubmoduleMode.DIRTY);
            limit(status, inside, parts);
            return Optional.of(new SiteCommit(head.name(), !status.call().isClean()));
        }
    }

    private static void limit(StatusCommand status, Path inside, List<String> parts) {
        String folder = inside.toString();
        if (parts.isEmpty() && !folder.isEmpty()) {
            status.addPath(folder);
        }
        parts.forEach(part -> status.addPath(inside.resolve(part).toString()));
    }
}
