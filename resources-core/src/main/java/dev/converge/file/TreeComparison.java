package dev.converge.file;

import dev.converge.filesystem.FileContent;
import dev.converge.filesystem.MountPoints;
import dev.converge.filesystem.Stat;
import dev.converge.provider.DeclaredResources;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;

/** Walks a directory and its source side by side; holds one folder's names at a time, never the whole tree. */
final class TreeComparison {
    private static final Path TOP = Path.of("");

    private final Tree tree;
    private final Optional<Path> source;
    private final DeclaredResources declared;
    private final boolean purge;
    private final MountPoints mounted;
    private final Path withoutLinks;
    private final Ignored ignored;
    private final TreeVisitor visitor;

    TreeComparison(Tree tree, Host host, TreeVisitor visitor) throws IOException, InterruptedException {
        DirectoryResource desired = tree.desired();
        this.tree = tree;
        this.source = desired.source().map(from -> from.real(host));
        this.purge = desired.purge();
        this.declared = purge ? DeclaredResources.on(host) : DeclaredResources.published(host);
        this.mounted = purge ? MountPoints.now() : MountPoints.none();
        this.withoutLinks = Files.exists(tree.real()) ? tree.real().toRealPath() : tree.real();
        this.ignored = Ignored.of(desired.ignore());
        this.visitor = visitor;
    }

    void walk() throws IOException {
        folder(TOP, source);
    }

    private void folder(Path relative, Optional<Path> from) throws IOException {
        TreeSet<Path> names = new TreeSet<>(); // as paths: a name need not be valid UTF-8
        addNames(tree.real().resolve(relative), names);
        if (from.isPresent()) {
            addNames(from.get(), names);
        }
        for (Path name : names) {
            Path below = relative.resolve(name);
            if (!ignored.matches(below)) {
                entry(below, from.map(folder -> folder.resolve(name)));
            }
        }
    }

    private static void addNames(Path folder, TreeSet<Path> names) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.add(entry.getFileName());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void entry(Path relative, Optional<Path> candidate) throws IOException {
        if (declared.isKeptTree(tree.path(relative))) {
            return;
        }
        Optional<Stat> now = Stat.of(tree.real().resolve(relative));
        Optional<Stat> wanted = candidate.isPresent() ? Stat.of(candidate.get()) : Optional.empty();
        if (wanted.isPresent()) {
            sourced(relative, candidate.get(), wanted.get(), now);
        } else if (now.isPresent()) {
            unsourced(relative, now.get());
        }
    }

    private void sourced(Path relative, Path from, Stat wanted, Optional<Stat> now) throws IOException {
        boolean others = declared.contains(tree.path(relative));
        if (!others || wanted.isDirectory()) {
            if (now.isEmpty() || !same(relative, from, wanted, now.get())) {
                visitor.copy(relative, from, now);
            } else if (!others && !tree.isDressed(now.get())) {
                visitor.dress(relative, now.get());
            }
        }
        if (wanted.isDirectory()) {
            folder(relative, Optional.of(from));
        }
    }

    private boolean same(Path relative, Path from, Stat wanted, Stat now) throws IOException {
        if (!wanted.kind().equals(now.kind())) {
            return false;
        }
        Path real = tree.real().resolve(relative);
        if (wanted.isLink()) {
            return Files.readSymbolicLink(real).equals(Files.readSymbolicLink(from));
        }
        return !wanted.isFile()
                || FileContent.observed(from, wanted.size(), false)
                        .satisfiedBy(FileContent.observed(real, now.size(), false));
    }

    private void unsourced(Path relative, Stat now) throws IOException {
        Path path = tree.path(relative);
        Path real = withoutLinks.resolve(relative);
        if (purge && now.isDirectory() && mounted.isOne(real)) {
            return;
        }
        boolean others = declared.contains(path);
        boolean holdsOthers = now.isDirectory()
                && (declared.hasBelow(path) || mounted.below(real).isPresent());
        if (purge && !others && !holdsOthers) {
            visitor.remove(relative, now);
            return;
        }
        if (source.isEmpty() && !others && !tree.isDressed(now)) {
            visitor.dress(relative, now);
        }
        if (now.isDirectory() && (source.isEmpty() || purge)) {
            folder(relative, Optional.empty());
        }
    }
}
