package dev.converge.aptrepository;

import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.TextFile;
import dev.converge.model.Mode;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The files of one repository on a host. */
final class RepositoryFiles {
    private static final Mode MODE = Mode.parse("0644");

    private final RepositoryName name;
    private final Host host;
    private final SourcesText sources;

    private RepositoryFiles(RepositoryName name, Host host, SourcesText sources) {
        this.name = name;
        this.host = host;
        this.sources = sources;
    }

    static RepositoryFiles of(RepositoryName name, Host host) throws IOException {
        SourcesText sources =
                SourcesText.parse(TextFile.read(name.sources(), host).text());
        return new RepositoryFiles(name, host, sources);
    }

    SourcesText sources() {
        return sources;
    }

    String preferences() throws IOException {
        return TextFile.read(name.preferences(), host).text();
    }

    /** The keyring that the repository is trusted with; empty when it is written into the file, or there is none. */
    Optional<Path> signedBy() {
        return sources.value(SourcesText.SIGNED_BY)
                .filter(value -> value.startsWith("/"))
                .map(Path::of);
    }

    /** Those that there are, as the host sees them. */
    List<Path> existing() {
        return name.files().stream()
                .filter(path -> Files.exists(host.path(path), LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /** Where the key of its own is now. */
    Optional<Path> ownKey(AptRepositoryResource desired) {
        return desired.key().isPresent() ? signedBy() : Optional.empty();
    }

    /** Where a new key will be, as far as that can be said before it is fetched. */
    Optional<Path> foreseenKey(AptRepositoryResource desired) {
        RepositoryKey key = desired.key().orElseThrow().on(host);
        if (!key.isRemote() && key.isReadable()) {
            return Optional.of(name.key(PublicKey.fetch(desired, host).form()));
        }
        return signedBy().or(() -> Optional.of(name.key(KeyForm.ARMORED)));
    }

    /** The key first: apt refuses a repository whose keyring is missing. */
    void write(Wanted wanted, Optional<PublicKey> key) throws IOException, InterruptedException {
        if (key.isPresent()) {
            writeKey(name.key(key.get().form()), key.get().bytes());
        }
        TextFile.edit(name.sources(), host, MODE, wanted::editSources);
        if (wanted.desired().pinPriority().isPresent()) {
            TextFile.edit(name.preferences(), host, MODE, any -> wanted.preferences());
        }
        for (KeyForm form : KeyForm.values()) {
            if (key.isPresent() && key.get().form() != form && Files.exists(host.path(name.key(form)))) {
                host.backups().keep(name.key(form));
                Removal.of(host.path(name.key(form)));
            }
        }
    }

    private void writeKey(Path path, byte[] key) throws IOException {
        Path real = host.path(path);
        if (Files.isRegularFile(real) && Arrays.equals(Files.readAllBytes(real), key)) {
            return;
        }
        if (!Files.isDirectory(real.getParent())) {
            host.backups().keep(path.getParent());
            Files.createDirectories(real.getParent());
            Files.setPosixFilePermissions(real.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        host.backups().keep(path);
        try (NewFile candidate = NewFile.beside(real, host)) {
            candidate.write(key);
            Files.setPosixFilePermissions(candidate.path(), PosixFilePermissions.fromString("rw-r--r--"));
            candidate.place();
        }
    }
}
