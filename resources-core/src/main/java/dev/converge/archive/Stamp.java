package dev.converge.archive;

import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.Stat;
import dev.converge.model.Content;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a folder's own file says of the archive in it, so that nothing needs to be fetched or unpacked to know.
 *
 * @param text the archive's digest, and how it was unpacked
 */
record Stamp(String text) {
    private static final String FILE = ".converge-archive";

    /** Where it is in a folder. */
    static Path path(Path folder) {
        return folder.resolve(FILE);
    }

    /** What is in a folder; empty where nothing was unpacked. */
    static Optional<Stamp> in(Path real) throws IOException {
        Path file = real.resolve(FILE);
        return Stat.of(file).filter(Stat::isFile).isPresent()
                ? Optional.of(new Stamp(Files.readString(file).strip()))
                : Optional.empty();
    }

    /** What shall be there; empty where that is not known, since the archive cannot be read. */
    static Optional<Stamp> of(ArchiveResource desired, Host host) {
        Optional<String> digest = desired.checksum().map(Object::toString).or(() -> desired.source()
                .map(source -> source.on(host))
                .filter(source -> source.isReadable())
                .map(source -> "sha256:" + source.digest("SHA-256")));
        return digest.map(known -> new Stamp(known + " strip=" + desired.strip()));
    }

    void write(Path real, Host host) throws IOException {
        try (NewFile file = NewFile.beside(real.resolve(FILE), host)) {
            file.write(Content.of(text + "\n"));
            file.place();
        }
    }
}
