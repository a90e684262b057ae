package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.Stream;

/** Refuses links that lead out of a folder, on whatever way through other links. */
final class LinkCheck {
    /** As many as Linux follows; see path_resolution(7). */
    private static final int MOST_LINKS = 40;

    private LinkCheck() {}

    static void require(Path folder) throws IOException {
        try (Stream<Path> links = Files.find(folder, Integer.MAX_VALUE, (path, is) -> is.isSymbolicLink())) {
            for (Iterator<Path> all = links.iterator(); all.hasNext(); ) {
                Path link = all.next();
                if (!staysIn(folder, link)) {
                    throw new ResourceFailure(
                            "The link " + folder.relativize(link) + " leads out of the site, to "
                                    + Files.readSymbolicLink(link) + ".",
                            "A site's links may lead to its own files alone: remove it, or put the file there.");
                }
            }
        }
    }

    private static boolean staysIn(Path root, Path link) throws IOException {
        Deque<Path> rest = new ArrayDeque<>();
        push(root.relativize(link), rest);
        Path at = root;
        for (int links = 0; !rest.isEmpty(); ) {
            Path name = rest.pop();
            String text = name.toString();
            if (text.equals("..")) {
                if (at.equals(root)) {
                    return false;
                }
                at = at.getParent();
            } else if (!text.isEmpty() && !text.equals(".")) {
                Path next = at.resolve(name);
                if (!Files.isSymbolicLink(next)) {
                    at = next;
                    continue;
                }
                Path target = Files.readSymbolicLink(next);
                if (target.isAbsolute() || ++links > MOST_LINKS) {
                    return false;
                }
                push(target, rest);
            }
        }
        return true;
    }

    private static void push(Path names, Deque<Path> rest) {
        for (int i = names.getNameCount() - 1; i >= 0; i--) {
            rest.push(names.getName(i));
        }
    }
}
