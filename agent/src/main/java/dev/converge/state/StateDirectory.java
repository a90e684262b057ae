package dev.converge.state;

import dev.converge.process.ThisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where Converge keeps what outlives a run. It is made, for its owner only, when a live run first writes to it; a dry run
 * never does.
 *
 * @param path the folder
 */
public record StateDirectory(Path path) {
    private static final Path OF_ROOT = Path.of("/var/lib/converge");

    /**
     * The folder for the account that runs Converge: {@code /var/lib/converge} for root, else below {@code
     * $XDG_STATE_HOME} or {@code ~/.local/state} (XDG Base Directory Specification).
     *
     * @param given what the user asked for instead
     */
    public static StateDirectory of(Optional<Path> given, Map<String, String> environment) {
        return of(given, environment, ThisProcess.isRoot());
    }

    static StateDirectory of(Optional<Path> given, Map<String, String> environment, boolean root) {
        if (given.isPresent()) {
            return new StateDirectory(given.get().toAbsolutePath());
        }
        if (root) {
            return new StateDirectory(OF_ROOT);
        }
        String base = environment.getOrDefault("XDG_STATE_HOME", "");
        if (base.startsWith("/")) {
            return new StateDirectory(Path.of(base, "converge"));
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        return new StateDirectory(Path.of(home, ".local", "state", "converge"));
    }

    /** The number of the form that all here is in. */
    Path version() {
        return path.resolve("version");
    }

    Path lock() {
        return path.resolve("run.lock");
    }

    /** Compiled manifests, which are no state: they can be thrown away at any time. */
    public Path manifests() {
        return path.equals(OF_ROOT) ? Path.of("/var/cache/converge/manifests") : path.resolve("manifests");
    }

    /** What the agent keeps besides. */
    public Path agent() {
        return path.resolve("agent");
    }

    /** What was applied last. */
    public Path applied() {
        return path.resolve("applied");
    }

    Path lastRun() {
        return path.resolve("last-run.json");
    }

    Path planKey() {
        return path.resolve("plan.key");
    }

    Path reports() {
        return path.resolve("reports");
    }

    Path undo() {
        return path.resolve("undo");
    }

    Path backups() {
        return path.resolve("backups");
    }

    Path index() {
        return backups().resolve("index.jsonl");
    }

    Path objects() {
        return backups().resolve("objects");
    }

    /** Its time of change is when the age of backups was last looked at. */
    Path limited() {
        return backups().resolve("limited");
    }

    Path journals() {
        return path.resolve("journal");
    }

    /** What is a folder, once it is there. */
    List<Path> folders() {
        return List.of(reports(), backups(), objects(), journals(), undo(), applied());
    }

    /** What is a file, once it is there. */
    List<Path> files() {
        return List.of(version(), lastRun(), index(), limited());
    }

    /** Makes a folder of the state, with all above it that is missing; nobody but its owner may look into it. */
    public static Path make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        return Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
