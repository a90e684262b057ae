package dev.converge.augeas;

import dev.converge.provider.ResourceFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file's text as a tree, in the place where Augeas has it: {@code /files/etc/hosts}. Paths are Augeas's path
 * expressions; those without a slash at their start begin at the file's tree, or at what {@link #useAsContext} was given.
 */
final class Tree {
    /** libaugeas takes time in the square of a file's length: about half a minute for so many letters. */
    private static final int LARGEST = 1 << 20;

    private static final String INPUT = "/converge/input";
    private static final String OUTPUT = "/converge/output";
    private static final String GRAFT = "/converge/graft";
    private static final String ERRORS = "/augeas/text";

    /** What ends a name in a path expression; libaugeas escapes the same in the paths that it gives back. */
    private static final Pattern SPECIAL = Pattern.compile("[\\]\\[|=()!,\\s\\\\]");

    private final Handle library;
    private final Path file;
    private final String root;
    private final LensName lens;
    private final String original;
    private String context;
    private boolean changed;

    Tree(Handle library, Path file, LensName lens, String original) {
        this.library = library;
        this.file = file;
        this.root = rootOf(file);
        this.lens = lens;
        this.original = original;
        this.context = root;
    }

    /** The path expression for a file's tree; one whose name means something in such expressions gets another name. */
    static String rootOf(Path file) {
        boolean plain = !SPECIAL.matcher(file.toString()).find();
        return "/files" + (plain ? file : "/file-" + Integer.toHexString(file.hashCode()));
    }

    String root() {
        return root;
    }

    /** Whether something was done that may have changed it. */
    boolean isChanged() {
        return changed;
    }

    void parse() {
        if (original.indexOf('\0') >= 0) {
            throw new ResourceFailure(
                    file + " has a NUL character in it: it is no text.", "Declare it with 'file', or leave it out.");
        }
        if (original.length() > LARGEST) {
            throw new ResourceFailure(
                    file + " is too large for a lens: writing it would take minutes.",
                    "Declare it with 'file', or edit lines of it.");
        }
        if (!store(original, root)) {
            throw new ParseError(library, file, lens, original).failure();
        }
    }

    private boolean store(String text, String names) {
        library.remove(ERRORS);
        library.set(INPUT, Optional.of(text));
        lens.ofModule().ifPresent(module -> library.compile(module, INPUT));
        return library.store(lens.text(), INPUT, names);
    }

    /**
     * The tree as text: what was not edited is as it was.
     *
     * @throws ResourceFailure when the lens has no text for such a tree
     */
    String text() {
        if (!changed) {
            return original;
        }
        library.remove(ERRORS);
        library.set(INPUT, Optional.of(original));
        if (!library.retrieve(lens.text(), INPUT, root, OUTPUT)) {
            throw misfit();
        }
        return library.get(OUTPUT).orElse("");
    }

    /** The part of a path of libaugeas's that is below the file's tree; it has the tree's own path in it once or twice. */
    private String below(String path) {
        int at = path.lastIndexOf(root + "/");
        return at < 0 ? path : path.substring(at + root.length() + 1);
    }

    /** Without libaugeas's own message, which lists the values of the whole file and the lens as one expression. */
    private ResourceFailure misfit() {
        String place = library.match(ERRORS + "//error/path").stream()
                .findFirst()
                .flatMap(library::get)
                .map(this::below)
                .filter(path -> !path.isEmpty())
                .map(path -> " The lens takes no such nodes at or below \"" + path + "\".")
                .orElse("");
        return new ResourceFailure(
                "What " + file + " would become cannot be written in the syntax of the lens " + lens.shown() + "."
                        + place + " The file stays as it is.",
                "Look with augtool at the tree that such a line has when it is in the file, and make the same one;"
                        + " or quote the value.");
    }

    /** Paths that do not start with a slash begin here from now on. */
    void useAsContext(String path) {
        context = path;
    }

    /** By text, as Puppet does it: {@code 01/ipaddr} would begin with a number for libaugeas, not with a name. */
    private String at(String path) {
        if (!path.startsWith("/")) {
            return context + "/" + path;
        }
        if (!path.startsWith(root) && !path.startsWith(GRAFT)) {
            throw outside(path, path);
        }
        return path;
    }

    Optional<String> get(String path) {
        return library.get(at(path));
    }

    List<String> match(String path) {
        return library.match(at(path));
    }

    boolean has(String path) {
        return !match(path).isEmpty();
    }

    /** Gives the node a value, and makes it when it is missing. */
    void set(String path, Optional<String> value) {
        String node = at(path);
        if (library.match(node).size() != 1 || !library.get(node).equals(value)) {
            changed = true;
            library.set(node, value);
            requireInside(library.match(node), path);
        }
    }

    /** Gives all nodes at a path below each node of the base a value, and makes those that are missing. */
    void setAll(String base, String sub, Optional<String> value) {
        List<String> bases = library.match(at(base));
        requireInside(bases, base);
        for (String one : bases) {
            List<String> nodes = library.match(one + "/" + sub);
            requireInside(nodes, sub);
            if (nodes.isEmpty()
                    || !nodes.stream().allMatch(node -> library.get(node).equals(value))) {
                changed = true;
                library.setAll(one, sub, value);
                requireInside(library.match(one + "/" + sub), sub);
            }
        }
    }

    void remove(String path) {
        List<String> nodes = match(path);
        requireInside(nodes, path);
        if (nodes.contains(root)) {
            throw new ResourceFailure(
                    "The path \"" + path + "\" leads to all of " + file + ".",
                    "Name what shall go; file '" + file + "' with ensure 'absent' removes the file.");
        }
        if (!nodes.isEmpty()) {
            changed = true;
            library.remove(at(path));
        }
    }

    void insert(String path, String label, boolean before) {
        requireInside(match(path), path);
        changed = true;
        library.insert(at(path), label, before);
    }

    /** Moves a node; one that is not there any more needs no move. */
    void move(String source, String destination) {
        List<String> nodes = match(source);
        requireInside(nodes, source);
        if (!nodes.isEmpty()) {
            changed = true;
            library.move(at(source), at(destination));
            requireInside(match(destination), destination);
        }
    }

    /** A text of its own as a tree, for a node of it to be compared or moved from there; empty where the lens refuses it. */
    Optional<String> graft(String text) {
        library.remove(GRAFT);
        return store(text, GRAFT) ? Optional.of(GRAFT) : Optional.empty();
    }

    /** Puts a node of a graft in the place of a node, or makes that one. */
    void take(String grafted, String path) {
        changed = true;
        library.move(grafted, path);
    }

    /** Whether two nodes have the same value, and the same below them. */
    boolean alike(String one, String other) {
        List<String> below = library.match(one + "/*");
        List<String> otherBelow = library.match(other + "/*");
        if (!library.get(one).equals(library.get(other)) || below.size() != otherBelow.size()) {
            return false;
        }
        for (int i = 0; i < below.size(); i++) {
            String label = label(below.get(i));
            if (!label.equals(label(otherBelow.get(i))) || !alike(below.get(i), otherBelow.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The last part of a path that {@link #match} gave. */
    static String label(String path) {
        int slash = path.length();
        do {
            slash = path.lastIndexOf('/', slash - 1);
        } while (slash > 0 && path.charAt(slash - 1) == '\\');
        return path.substring(slash + 1);
    }

    /** A name as a step of a path expression. */
    static String step(String name) {
        return SPECIAL.matcher(name).replaceAll("\\\\$0").replace("/", "\\/");
    }

    /** What is outside this file's tree would be lost in silence. */
    private void requireInside(List<String> nodes, String path) {
        for (String node : nodes) {
            if (!node.equals(root) && !node.startsWith(root + "/")) {
                throw outside(path, node);
            }
        }
    }

    private ResourceFailure outside(String path, String node) {
        return new ResourceFailure(
                "The path \"" + path + "\" leads to " + node + ", which is not in " + file + ".",
                "Begin it with " + root + ", or with no slash; declare an augeas resource for each file.");
    }
}
