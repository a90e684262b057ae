package dev.converge.aptrepository;

import dev.converge.filesystem.FileContent;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.TextFile;
import dev.converge.filesystem.Writable;
import dev.converge.model.Content;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.Edits;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads and writes a repository's files, which apt has to be content with first. */
public final class AptRepositoryProvider implements Edits<AptRepositoryResource>, Inspects<AptRepositoryResource> {
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
        if (change.action() == Action.DELETE) {
            return;
        }
        if (files.sources().isSeveral()) {
            throw new ResourceFailure(
                    desired.name().sources() + " holds more than one repository.",
                    "Give each a file of its own, or this one another name.");
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

    @Override
    public List<FileEdit> edits(Change<AptRepositoryResource> change, Host host) throws IOException {
        AptRepositoryResource desired = change.desired();
        RepositoryFiles files = RepositoryFiles.of(desired.name(), host);
        List<FileEdit> edits = new ArrayList<>();
        if (change.action() == Action.DELETE) {
            for (Path path : files.existing()) {
                edits.add(new FileEdit(
                        path, Optional.of(Content.of(TextFile.read(path, host).text())), Optional.empty()));
            }
            return edits;
        }
        Wanted wanted = new Wanted(desired, change.names("key") ? files.foreseenKey(desired) : files.ownKey(desired));
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

    @Override
    public List<String> names(Host host) throws IOException {
        Path folder = host.path(SOURCES);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Optional<AptRepositoryResource> inspect(String name, Host host) throws IOException {
        RepositoryFiles files = RepositoryFiles.of(RepositoryName.parse(name), host);
        SourcesText text = files.sources();
        if (!files.existing().contains(RepositoryName.parse(name).sources()) || text.isSeveral()) {
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
}
