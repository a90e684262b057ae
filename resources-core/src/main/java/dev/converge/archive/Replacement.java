package dev.converge.archive;

import dev.converge.file.Source;
import dev.converge.filesystem.NewFolder;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Stat;
import dev.converge.posix.Exchange;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the new folder beside the old one; only when it is whole does it take the old one's place. */
final class Replacement {
    private final ArchiveResource desired;
    private final Host host;
    private final Path place;
    private final Path fetched;

    Replacement(ArchiveResource desired, Host host) {
        this.desired = desired;
        this.host = host;
        this.place = host.path(desired.path());
        this.fetched = desired.path().resolveSibling("." + desired.path().getFileName() + ".converge-archive");
    }

    /** What a killed run left is cleared first. */
    void make(Ownership ownership) throws IOException, InterruptedException {
        host.noteTemporary(host.path(fetched));
        Files.deleteIfExists(host.path(fetched));
        try (NewFolder fresh = NewFolder.beside(place, "unpack", host)) {
            fetch();
            unpack(fresh.path());
            stamp(fresh.path());
            fresh.finish(ownership);
            swap(fresh);
        } finally {
            Files.deleteIfExists(host.path(fetched));
        }
    }

    /** All of it, so that its checksum has been verified before anything is made of it. */
    private void fetch() throws IOException {
        Source source = desired.source().orElseThrow();
        Source verified =
                desired.checksum().map(source::verifiedBy).orElse(source).on(host);
        try (InputStream in = verified.open()) {
            Files.copy(in, host.path(fetched));
        }
    }

    private void unpack(Path fresh) throws IOException, InterruptedException {
        Unpacking unpacking = new Unpacking(fresh, desired.strip());
        try {
            new ArchiveFile(fetched, host).forEach(unpacking::add);
            unpacking.finish();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new FileSystemException(desired.path().toString(), null, e.getReason());
        } catch (IOException e) {
            String why = e instanceof EOFException ? "it ends too early" : e.getMessage();
            throw new ResourceFailure(
                    "The archive " + desired.source().orElseThrow() + " cannot be unpacked: " + why + ".",
                    "Is it a tar (plain, gz, bz2, xz, zst) or a zip, and whole?");
        }
    }

    private void stamp(Path fresh) throws IOException {
        Optional<String> missing = desired.creates().filter(name -> !Files.exists(fresh.resolve(name)));
        if (missing.isPresent()) {
            throw new ResourceFailure(
                    "The archive " + desired.source().orElseThrow() + " has no " + missing.get()
                            + ", which creates names.",
                    "Correct creates, or strip.");
        }
        Stamp.of(desired, host).orElseThrow().write(fresh, host);
    }

    private void swap(NewFolder fresh) throws IOException {
        boolean replaces = Stamp.in(place).isPresent();
        if (desired.backup() || Stat.of(place).isEmpty()) {
            host.backups().keep(desired.path());
        }
        if (!replaces) {
            fresh.place();
            return;
        }
        Exchange.of(fresh.path(), place);
    }
}
