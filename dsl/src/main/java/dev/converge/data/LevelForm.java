package dev.converge.data;

import dev.converge.vault.KeyFile;
import java.util.List;
import java.util.Optional;

/** One level as it is written in a hierarchy. */
final class LevelForm {
    private static final List<String> KINDS = List.of("path", "paths", "glob", "consul", "command");

    private final DataFolder folder;
    private final Options options;
    private final String keyFile;

    /** @param keyFile of the whole hierarchy */
    LevelForm(DataFolder folder, Options options, String keyFile) {
        this.folder = folder;
        this.options = options;
        this.keyFile = keyFile;
    }

    /** The level; empty when it is not right, which has been reported. */
    Optional<Level> level() {
        Optional<String> name = options.text("name");
        if (name.isEmpty() && !options.has("name")) {
            options.problem(options.at(), "A level has a name.", "Write name: and what --explain shall call it.");
        }
        Decipher decipher = decipher(folder, options.text("keyFile").orElse(keyFile));
        List<String> kinds = KINDS.stream().filter(options::has).toList();
        if (kinds.size() != 1) {
            options.problem(
                    options.at(),
                    kinds.isEmpty() ? "This level names nothing to read." : "This level is of several kinds.",
                    "Give it one of " + String.join(", ", KINDS) + ".");
            return Optional.empty();
        }
        Optional<Level> level = level(kinds.get(0), name.orElse("?"), decipher);
        options.refuseOthers("A level of this kind");
        return level;
    }

    private Optional<Level> level(String kind, String name, Decipher decipher) {
        switch (kind) {
            case "path", "paths", "glob":
                List<PathPattern> paths =
                        options.texts(kind).stream().map(PathPattern::new).toList();
                return Optional.of(new FileLevel(name, folder, paths, kind.equals("glob"), decipher));
            default:
                options.problem(options.at(), "Levels of the kind " + kind + " are not there yet.", "Leave it out.");
                return Optional.empty();
        }
    }

    /** Opens what was encrypted with the key in a file. */
    static Decipher decipher(DataFolder folder, String keyFile) {
        return new KeyFileDecipher(new KeyFile(folder.path().resolve(keyFile)));
    }
}
