package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a killed run leaves of JGit's files in a repository: locks, with which nobody can move it, Git by hand neither, and
 * packs and objects that are not whole. Only names that JGit gives, and only where it gives them.
 */
final class Leftovers {
    private static final String LOCK = ".lock";
    private static final String KEEP = ".keep";

    /** Of JGit's ObjectDirectoryInserter, ObjectDirectoryPackParser and GC. */
    private static final Pattern UNFINISHED =
            Pattern.compile("noz\\d+\\.tmp|incoming_\\d+\\.(pack|idx)|gc_\\d+\\.\\w+_tmp");

    /** What JGit writes into the file that protects a pack while it is fetched. */
    private static final String FETCHING = "jgit fetch ";

    private static final long LARGEST = 4096;

    private Leftovers() {}

    /**
     * Removes them.
     *
     * @param top the real path of the checkout
     * @throws ResourceFailure when a Git that runs now may need them
     */
    static void remove(Path top, Path repository) throws IOException {
        if (!Files.isDirectory(repository, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> left = in(repository);
        if (left.isEmpty()) {
            return;
        }
        Optional<String> holder = LiveGit.of(top, left);
        if (holder.isPresent()) {
            throw new ResourceFailure(
                    top + " was left half changed by a run that was killed, and " + holder.get() + " is at work there: "
                            + left.get(0) + " may be its own.",
                    "Wait until it has ended, and run Converge again.");
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
    }

    private static List<Path> in(Path repository) throws IOException {
        List<Path> left = new ArrayList<>(regular(repository, 1, Leftovers::isLock));
        left.addAll(regular(repository.resolve("refs"), Integer.MAX_VALUE, Leftovers::isLock));
        Path objects = repository.resolve("objects");
        Path packs = objects.resolve("pack");
        for (Path folder : List.of(objects, objects.resolve("info"), packs)) {
            left.addAll(regular(
                    folder, 1, name -> isLock(name) || UNFINISHED.matcher(name).matches()));
        }
        for (Path keep : regular(packs, 1, name -> name.startsWith("pack-") && name.endsWith(KEEP))) {
            left.addAll(ofFetch(keep));
        }
        return left;
    }

    private static boolean isLock(String name) {
        return name.endsWith(LOCK);
    }

    /** A pack without its index is never read, and JGit would not fetch the same one again over it. */
    private static List<Path> ofFetch(Path keep) throws IOException {
        if (Files.size(keep) > LARGEST || !Files.readString(keep).startsWith(FETCHING)) {
            return List.of();
        }
        String name = keep.getFileName().toString();
        String stem = name.substring(0, name.length() - KEEP.length());
        boolean indexed = Files.exists(keep.resolveSibling(stem + ".idx"), LinkOption.NOFOLLOW_LINKS);
        return indexed ? List.of(keep) : List.of(keep.resolveSibling(stem + ".pack"), keep);
    }

    private static List<Path> regular(Path folder, int depth, Predicate<String> named) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> found = Files.find(
                folder,
                depth,
                (path, is) ->
                        is.isRegularFile() && named.test(path.getFileName().toString()))) {
            return found.toList();
        }
    }
}
