package dev.converge.git;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The commit that a work tree is at, from the few files that say so: to open a repository takes Git longer than a whole
 * run in sync. See gitrepository-layout(5).
 */
public final class HeadFiles {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String LINK = "gitdir: ";
    private static final String SYMBOLIC = "ref: ";

    /** A branch can lead to another one, but not for long. */
    private static final int DEEPEST = 5;

    private static final long LARGEST = 4096;

    private HeadFiles() {}

    /**
     * The commit of a folder in a work tree, not always its top; empty where no commit is. Without a class of JGit, for
     * even to load one takes longer than this.
     */
    public static Optional<String> id(Path folder) {
        try {
            Optional<Path> top = top(folder.toRealPath());
            return top.isEmpty() ? Optional.empty() : commit(top.get());
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The top of the work tree that a folder is in. */
    static Optional<Path> top(Path folder) {
        for (Path top = folder; top != null; top = top.getParent()) {
            if (Files.exists(top.resolve(".git"))) {
                return Optional.of(top);
            }
        }
        return Optional.empty();
    }

    /**
     * Empty where there is none, or where it is kept in a form that is not known here.
     *
     * @param top the top of a work tree
     */
    static Optional<String> commit(Path top) throws IOException {
        Path own = folder(top.resolve(".git"));
        Path common = small(own.resolve("commondir")).map(own::resolve).orElse(own);
        Optional<String> said = small(own.resolve("HEAD"));
        for (int depth = 0; depth < DEEPEST && said.isPresent(); depth++) {
            String text = said.get();
            if (COMMIT.matcher(text).matches()) {
                return said;
            }
            if (!text.startsWith(SYMBOLIC)) {
                return Optional.empty();
            }
            String name = text.substring(SYMBOLIC.length());
            Optional<String> loose = small(own.resolve(name)).or(() -> small(common.resolve(name)));
            said = loose.isPresent() ? loose : packed(common.resolve("packed-refs"), name);
        }
        return Optional.empty();
    }

    /** A linked worktree and a submodule have a file there that says where the folder is. */
    private static Path folder(Path git) {
        return small(git)
                .filter(text -> text.startsWith(LINK))
                .map(text -> git.resolveSibling(text.substring(LINK.length())))
                .orElse(git);
    }

    private static Optional<String> small(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> packed(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                if (space > 0 && line.substring(space + 1).equals(name)) {
                    return Optional.of(line.substring(0, space));
                }
            }
            return Optional.empty();
        }
    }
}
