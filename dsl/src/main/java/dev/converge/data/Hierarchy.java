package dev.converge.data;

import dev.converge.diagnostic.Checked;
import java.io.File;
import java.nio.file.Path;
import java.util.List;

/**
 * The levels of one {@code data/} folder, the site's or that of a module, in the order in which they are asked.
 *
 * @param owner whose it is, as {@code --explain} says it: {@code site}, {@code module nginx}
 * @param levels the first one is asked first
 * @param merges how values of several levels become one
 * @param room the keys that it answers
 */
public record Hierarchy(String owner, List<Level> levels, MergeRules merges, KeyRoom room) {
    public Hierarchy {
        levels = List.copyOf(levels);
    }

    Hierarchy(String owner, List<Level> levels, MergeRules merges) {
        this(owner, levels, merges, KeyRoom.ALL);
    }

    /** The same, which answers no other keys than these. */
    public Hierarchy within(KeyRoom only) {
        return new Hierarchy(owner, levels, merges, only);
    }

    /** Whether there is anything to read: no more than a look at the folder. */
    public static boolean isIn(Path folder) {
        return folder.toFile().isDirectory();
    }

    /**
     * Reads {@code hierarchy.yaml}; without one, there is one level with {@code common.yaml}.
     *
     * @param owner whose it is
     * @param shown the folder as diagnostics name it, such as {@code data}
     */
    public static Checked<Hierarchy> read(String owner, Path folder, String shown, Reading reading) {
        File file = folder.resolve(HierarchyFile.NAME).toFile();
        return new HierarchyFile(owner, new DataFolder(folder, shown)).read(file.isFile(), reading);
    }
}
