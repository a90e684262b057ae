package dev.converge.file;

import dev.converge.filesystem.FileContent;
import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.MakeFolder;
import dev.converge.firstboot.Step.MakeLink;
import dev.converge.firstboot.Step.WriteFile;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.KeepsTree;
import dev.converge.model.Mode;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A tree of the site as a step for each file, folder and link in it, sorted by their paths. */
final class TreeFirstBoot {
    /** Those that answer for a path of their own. */
    private static final List<String> OTHERS = List.of("file", "link", "directory", "archive", "gitCheckout", "mount");

    private final DirectoryResource desired;
    private final Path source;
    private final Scene scene;
    private final Ignored ignored;

    TreeFirstBoot(DirectoryResource desired, Scene scene) {
        this.desired = desired;
        this.source = desired.source().orElseThrow().path();
        this.scene = scene;
        this.ignored = Ignored.of(desired.ignore());
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        add(source, steps);
        return steps;
    }

    private void add(Path folder, List<Step> into) {
        for (Path entry : entries(folder)) {
            Path relative = source.relativize(entry);
            Path path = desired.path().resolve(relative);
            List<Resource> others = others(path);
            if (ignored.matches(relative) || others.stream().anyMatch(TreeFirstBoot::keepsTree)) {
                continue;
            }
            boolean isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
            if (others.isEmpty()) {
                into.add(step(entry, path));
            } else if (isFolder) {
                into.add(new MakeFolder(path, Ownership.UNSAID, false)); // it is dressed by the other one
            }
            if (isFolder) {
                add(entry, into);
            }
        }
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Resource> others(Path path) {
        return OTHERS.stream()
                .flatMap(type -> scene.find(new ResourceId(type, path.toString()), Resource.class).stream())
                .filter(other -> other.ensure() == Ensure.PRESENT)
                .map(Declared::desired)
                .toList();
    }

    private static boolean keepsTree(Resource other) {
        return other instanceof KeepsTree tree && tree.keepsTree();
    }

    private Step step(Path entry, Path path) {
        if (Files.isSymbolicLink(entry)) {
            return new MakeLink(path, target(entry), ownership(Optional.empty()));
        }
        if (Files.isDirectory(entry)) {
            return new MakeFolder(path, ownership(desired.dirMode()), false);
        }
        // A new file can be executed where its source can.
        Optional<Mode> mode = desired.fileMode()
                .or(() -> Files.isExecutable(entry) ? Optional.of(Mode.parse("a+x")) : Optional.empty());
        return new WriteFile(path, Optional.of(FileContent.from(entry)), ownership(mode), true);
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ownership ownership(Optional<Mode> mode) {
        return new Ownership(desired.owner(), desired.group(), mode);
    }
}
