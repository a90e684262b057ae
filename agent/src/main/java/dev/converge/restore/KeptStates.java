package dev.converge.restore;

import dev.converge.diagnostic.SourceRange;
import dev.converge.filesystem.FileContent;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Policy;
import dev.converge.model.Resource;
import dev.converge.report.IoReason;
import dev.converge.schema.StoredResource;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import dev.converge.state.BackupIndex;
import dev.converge.state.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes declarations of what was kept. */
final class KeptStates {
    private static final int READABLE_BY_ALL = 0004;

    private final TypeRegistry types;
    private final BackupIndex.Objects objects;
    private final Set<Path> hidden;
    private final Path root;

    /** @param root the folder that is the host's {@code /} */
    KeptStates(TypeRegistry types, BackupIndex index, Path root) {
        this.types = types;
        this.objects = index.objects();
        this.hidden = index.hidden();
        this.root = root;
    }

    /**
     * What was at a path, with all that was below it.
     *
     * @param states folders before what they hold
     * @param lost what cannot be made again, each with why
     */
    record Tree(List<Declared<?>> states, Map<Path, String> lost) {}

    /** @throws IOException when it is not known what was in a folder */
    Tree present(Path path, Kept kept, SourceRange at) throws IOException {
        boolean folder = kept.type() == Kept.Type.DIRECTORY;
        return present(path, kept, folder ? objects.listing(kept.content().orElseThrow()) : List.of(), at);
    }

    /** @param inside what was below the path, relative to it */
    Tree present(Path path, Kept kept, List<Kept> inside, SourceRange at) {
        Tree tree = new Tree(new ArrayList<>(), new LinkedHashMap<>());
        add(path, kept, at, tree);
        for (Kept below : inside) {
            add(path.resolve(below.path().toString()), below, at, tree);
        }
        return tree;
    }

    private void add(Path path, Kept kept, SourceRange at, Tree tree) {
        try {
            tree.states().add(one(path, kept, at));
        } catch (InvalidValueException e) {
            tree.lost().put(path, e.getMessage());
        } catch (IOException e) {
            tree.lost().put(path, IoReason.of(e).sentence());
        }
    }

    private Declared<?> one(Path path, Kept kept, SourceRange at) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("path", path.toString());
        values.put("owner", String.valueOf(kept.uid()));
        values.put("group", String.valueOf(kept.gid()));
        values.put("force", true);
        return switch (kept.type()) {
            case FILE -> {
                values.put("mode", kept.octalMode());
                values.put("links", "replace");
                values.put("content", content(path, kept));
                yield state("file", path.toString(), Ensure.PRESENT, values, at);
            }
            case DIRECTORY -> {
                values.put("mode", kept.octalMode());
                yield state("directory", path.toString(), Ensure.PRESENT, values, at);
            }
            case LINK -> {
                values.put("target", kept.content().orElseThrow());
                yield state("link", path.toString(), Ensure.PRESENT, values, at);
            }
            case OTHER, ABSENT ->
                throw new InvalidValueException(path + " was neither a file nor a folder nor a link, and is not kept.");
        };
    }

    /** What not everybody on the host may read, and what a run has known a secret in, is not shown in differences either. */
    private Map<String, Object> content(Path path, Kept kept) throws IOException {
        String digest = kept.content().orElseThrow();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("sha256", digest);
        content.put("size", Files.size(objects.file(digest)));
        if ((kept.mode() & READABLE_BY_ALL) == 0 || isPrivateNow(path) || hasHeldSecret(path)) {
            content.put("hidden", true);
        }
        return content;
    }

    private boolean hasHeldSecret(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            if (hidden.contains(at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPrivateNow(Path path) throws IOException {
        Path real = real(path);
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return ((Integer) Files.getAttribute(real, "unix:mode", LinkOption.NOFOLLOW_LINKS) & READABLE_BY_ALL) == 0;
    }

    /**
     * A path at which nothing was.
     *
     * @param force whether a folder goes with what is in it
     */
    Declared<?> absent(Path path, boolean force, SourceRange at) {
        Path real = real(path);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("path", path.toString());
        values.put("force", force);
        if (Files.isSymbolicLink(real)) {
            values.put("target", target(real));
            return state("link", path.toString(), Ensure.ABSENT, values, at);
        }
        boolean folder = Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS);
        return state(folder ? "directory" : "file", path.toString(), Ensure.ABSENT, values, at);
    }

    /** Where a link leads that is to go; it is no part of that, and a link has one. */
    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ".";
        }
    }

    Path real(Path path) {
        return real(root, path);
    }

    static Path real(Path root, Path path) {
        return root.getNameCount() == 0 ? path : root.resolve(path.getRoot().relativize(path));
    }

    /**
     * A state that was stored as plain values.
     *
     * @throws InvalidValueException when it cannot be read back
     */
    Declared<?> state(String type, String name, Ensure ensure, Map<?, ?> values, SourceRange at) {
        return state(type, name, ensure, values, this::content, at);
    }

    /** @param contents where the contents of the values are */
    Declared<?> state(
            String type,
            String name,
            Ensure ensure,
            Map<?, ?> values,
            StoredResource.Contents contents,
            SourceRange at) {
        TypeSchema<? extends Resource> schema = types.find(type)
                .orElseThrow(() -> new InvalidValueException("This Converge has no resource type \"" + type + "\"."));
        return declared(schema, name, ensure, values, contents, at);
    }

    private <R extends Resource> Declared<R> declared(
            TypeSchema<R> schema,
            String name,
            Ensure ensure,
            Map<?, ?> values,
            StoredResource.Contents contents,
            SourceRange at) {
        R desired = StoredResource.read(schema, values, contents);
        return new Declared<>(schema.id(name), desired, ensure, at, Policy.none());
    }

    private Content content(String digest, long size) {
        try {
            return FileContent.observed(objects.file(digest), size, false);
        } catch (IOException e) {
            throw new InvalidValueException(e.getMessage());
        }
    }
}
