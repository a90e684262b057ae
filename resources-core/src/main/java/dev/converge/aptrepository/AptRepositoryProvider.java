package dev.converge.aptrepository;

import dev.converge.filesystem.FileContent;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.TextFile;
import dev.converge.filesystem.Writable;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.Edits;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes a repository's files, which apt has to be content with first. */
public final class AptRepositoryProvider
        implements Edits<AptRepositoryResource>, Inspects<AptRepositoryResource>, FirstBoot<AptRepositoryResource> {
    private static final Path SOURCES = Path.of("/etc/apt/sources.list.d");
    private static final String SUFFIX = ".sources";

    @Override
    public Optional<AptRepositoryResource> observe(AptRepositoryResource desired, Host host) throws IOException {
        RepositoryFiles files = RepositoryFiles.of(desired.name(), host);
        if (files.existing().isEmpty()) {
            return Optional.empty();
        }
        SourcesText text = files.sources();
        Optional<Path> signedBy = files.signedBy();
        Optional<Integer> priority = desired.pinPriority().isPresent()
                ? Pin.in(files.preferences(), desired.uris().orElse(List.of()))
                : Optional.empty();
        return Optional.of(new AptRepositoryResource(
                desired.name(),
                Optional.of(text.uris()),
                Optional.of(text.suites()),
                Optional.of(text.words(SourcesText.COMPONENTS)),
                Optional.of(text.words(SourcesText.ARCHITECTURES)),
                text.words(SourcesText.TYPES).contains("deb-src"),
                text.isEnabled(),
                desired.key().isPresent() ? key(signedBy, host) : Optional.empty(),
                Optional.empty(),
                desired.signedBy().isPresent() ? signedBy : Optional.empty(),
                Optional.of(text.isTrusted()),
                priority));
    }

    private static Optional<RepositoryKey> key(Optional<Path> signedBy, Host host) throws IOException {
        if (signedBy.isEmpty()) {
            return Optional.empty();
        }
        Path real = host.path(signedBy.get());
        return Stat.of(real)
                .filter(Stat::isFile)
                .map(stat -> RepositoryKey.observed(FileContent.observed(real, stat.size(), false), host));
    }

    @Override
    public void check(Change<AptRepositoryResource> change, Host host) throws IOException, InterruptedException {
        AptRepositoryResource desired = change.desired();
        RepositoryFiles files = RepositoryFiles.of(desired.name(), host);
        Writable.requireParent(desired.name().sources(), host);
        requireOne(desired.name(), files);
        if (change.action() == Action.DELETE) {
            return;
        }
        if (desired.pinPriority().isPresent()) {
            Pin.requireOwnServer(desired, host);
        }
        host.commands().check(Command.of("apt-get"));
        Optional<RepositoryKey> key = desired.key().map(any -> any.on(host));
        if (key.isPresent() && !key.get().isReadable()) {
            throw new ResourceFailure(
                    "The key " + desired.key().get() + " is not a file that can be read on this host.",
                    "Declare what makes it, and let this come after it.");
        }
        if (key.isPresent() && !key.get().isRemote()) {
            PublicKey.fetch(desired, host);
        }
    }

    private static void requireOne(RepositoryName name, RepositoryFiles files) {
        if (files.sources().isSeveral()) {
            throw new ResourceFailure(
                    name.sources() + " holds more than one repository.",
                    "Give each a file of its own, or this one another name; the whole file is a file '" + name.sources()
                            + "'.");
        }
    }

    @Override
    public List<FileEdit> edits(Change<AptRepositoryResource> change, Host host) throws IOException {
        List<FileEdit> edits = change.action() == Action.DELETE
                ? removals(change.desired(), host)
                : rewrites(change.desired(), change.names("key"), host);
        return edits.stream()
                .map(edit -> edit.before()
                                .flatMap(Content::text)
                                .filter(SourcesText::hasLogin)
                                .isPresent()
                        ? edit.hidden()
                        : edit)
                .toList();
    }

    private static List<FileEdit> removals(AptRepositoryResource desired, Host host) throws IOException {
        List<FileEdit> edits = new ArrayList<>();
        for (Path path : RepositoryFiles.of(desired.name(), host).existing()) {
            edits.add(new FileEdit(
                    path, Optional.of(Content.of(TextFile.read(path, host).text())), Optional.empty()));
        }
        return edits;
    }

    private static List<FileEdit> rewrites(AptRepositoryResource desired, boolean newKey, Host host)
            throws IOException {
        RepositoryFiles files = RepositoryFiles.of(desired.name(), host);
        Wanted wanted = new Wanted(desired, newKey ? files.foreseenKey(desired) : files.ownKey(desired));
        List<FileEdit> edits = new ArrayList<>();
        TextFile.read(desired.name().sources(), host)
                .foresee(wanted::editSources)
                .ifPresent(edits::add);
        if (desired.pinPriority().isPresent()) {
            TextFile.read(desired.name().preferences(), host)
                    .foresee(any -> wanted.preferences())
                    .ifPresent(edits::add);
        }
        return edits;
    }

    @Override
    public void apply(Change<AptRepositoryResource> change, Host host) throws IOException, InterruptedException {
        AptRepositoryResource desired = change.desired();
        RepositoryFiles files = RepositoryFiles.of(desired.name(), host);
        try {
            if (change.action() == Action.DELETE) {
                for (Path path : files.existing()) {
                    host.backups().keep(path);
                    Removal.of(host.path(path));
                }
                return;
            }
            Optional<PublicKey> key =
                    change.names("key") ? Optional.of(PublicKey.fetch(desired, host)) : Optional.empty();
            if (desired.enabled()) {
                Trial.run(desired, files, key, host);
            }
            Optional<Path> keyPath = key.map(fetched -> desired.name().key(fetched.form()));
            files.write(new Wanted(desired, keyPath.or(() -> files.ownKey(desired))), key);
        } finally {
            // apt's lists have changed, and with them what can be installed.
            host.invalidateAll();
        }
    }

    /** Those that have a file of their own. */
    @Override
    public List<String> names(Host host) throws IOException {
        Path folder = host.path(SOURCES);
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean several = SourcesText.parse(
                                TextFile.read(SOURCES.resolve(name), host).text())
                        .isSeveral();
                if (!several) {
                    names.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        }
        return names.stream().sorted().toList();
    }

    /** Only of a file with one repository: of another, nothing that could be declared would be true. */
    @Override
    public Optional<AptRepositoryResource> inspect(String name, Host host) throws IOException {
        RepositoryFiles files = RepositoryFiles.of(RepositoryName.parse(name), host);
        SourcesText text = files.sources();
        requireOne(RepositoryName.parse(name), files);
        if (!files.existing().contains(RepositoryName.parse(name).sources())) {
            return Optional.empty();
        }
        Optional<List<String>> architectures =
                Optional.of(text.words(SourcesText.ARCHITECTURES)).filter(words -> !words.isEmpty());
        return Optional.of(new AptRepositoryResource(
                RepositoryName.parse(name),
                Optional.of(text.uris()),
                Optional.of(text.suites()),
                Optional.of(text.words(SourcesText.COMPONENTS)).filter(words -> !words.isEmpty()),
                architectures,
                text.words(SourcesText.TYPES).contains("deb-src"),
                text.isEnabled(),
                Optional.empty(),
                Optional.empty(),
                files.signedBy(),
                Optional.of(text.isTrusted()).filter(trusted -> trusted),
                Optional.empty()));
    }

    @Override
    public List<Step> steps(Declared<AptRepositoryResource> declared, Scene scene) {
        return AptRepositoryFirstBoot.steps(declared);
    }
}
