package dev.converge.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Files that a killed run was writing beside their places: JGit calls them by the file's name and a number. */
final class HalfFiles {
    private static final Pattern HALF = Pattern.compile("\\._(.+?)\\d+\\.tmp", Pattern.DOTALL);

    private HalfFiles() {}

    /** Removes those beside files of a commit, unless Git has a file of that name. */
    static void remove(Repository repository, ObjectId commit) throws IOException {
        Path top = repository.getWorkTree().toPath();
        Map<Path, Set<String>> files = new TreeMap<>();
        try (RevWalk revisions = new RevWalk(repository);
                TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(revisions.parseCommit(commit).getTree());
            while (walk.next()) {
                Path path = top.resolve(walk.getPathString());
                files.computeIfAbsent(path.getParent(), folder -> new HashSet<>())
                        .add(walk.getNameString());
                // Never through a link that somebody has put in the place of a folder.
                if (walk.getFileMode().equals(FileMode.TREE) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    walk.enterSubtree();
                }
            }
        }
        DirCache index = repository.readDirCache();
        for (Map.Entry<Path, Set<String>> in : files.entrySet()) {
            for (Path half : beside(in.getKey(), in.getValue())) {
                if (index.findEntry(top.relativize(half).toString()) < 0) {
                    Files.delete(half);
                }
            }
        }
    }

    private static List<Path> beside(Path folder, Set<String> names) throws IOException {
        List<Path> half = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "._*.tmp")) {
            for (Path path : found) {
                String name = path.getFileName().toString();
                boolean known = names.contains(name) || !isOfOne(name, names);
                if (!known && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    half.add(path);
                }
            }
        }
        return half;
    }

    /** A name that ends in digits runs into the number. */
    private static boolean isOfOne(String half, Set<String> names) {
        Matcher parts = HALF.matcher(half);
        if (!parts.matches()) {
            return false;
        }
        int end = half.length() - ".tmp".length() - 1; // one digit at least
        for (int to = parts.end(1); to <= end; to++) {
            if (names.contains(half.substring(2, to))) {
                return true;
            }
        }
        return false;
    }
}
