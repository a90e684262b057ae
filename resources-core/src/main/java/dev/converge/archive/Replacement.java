package dev.converge.archive;

import dev.converge.file.Source;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.posix.Exchange;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Makes the new folder beside the old one; only when it is whole does it take the old one's place. */
final class Replacement {
    private static final int NEW_MODE = 0755;

    /** What is still done to the folder before anybody sees it. */
    interface Finish {
        void accept(Path folder) throws IOException;
    }

    private final ArchiveResource desired;
    private final Host host;
    private final Path place;
    private final Path fetched;
    private final Path fresh;

    Replacement(ArchiveResource desired, Host host) {
        this.desired = desired;
        this.host = host;
        this.place = host.path(desired.path());
        String name = "." + desired.path().getFileName() + ".converge-";
        this.fetched = desired.path().resolveSibling(name + "archive");
        this.fresh = place.resolveSibling(name + "unpack");
    }

    /** What a killed run left is cleared first. */
    void make(Finish finish) throws IOException, InterruptedException {
        clear();
        try {
            fetch();
            Files.createDirectory(fresh);
            Files.setAttribute(
                    fresh, "unix:mode", Stat.of(place).map(Stat::mode).orElse(NEW_MODE));
            unpack();
            stamp();
            finish.accept(fresh);
            swap();
        } finally {
            clear();
        }
    }

    private void clear() throws IOException {
        Files.deleteIfExists(host.path(fetched));
        Removal.of(fresh);
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

    private void unpack() throws IOException, InterruptedException {
        Unpacking unpacking = new Unpacking(fresh, desired.strip());
        try {
            new ArchiveFile(fetched, host).forEach(unpacking::add);
            unpacking.finish();
        } catch (FileSystemException e) {
            throw e; // the disk is full, or the like
        } catch (IOException e) {
            String why = e instanceof EOFException ? "it ends too early" : e.getMessage();
            throw new ResourceFailure(
                    "The archive " + desired.source().orElseThrow() + " cannot be unpacked: " + why + ".",
                    "Is it a tar (plain, gz, bz2, xz, zst) or a zip, and whole?");
        }
    }

    private void stamp() throws IOException {
        Optional<String> missing = desired.creates().filter(name -> !Files.exists(fresh.resolve(name)));
        if (missing.isPresent()) {
            throw new ResourceFailure(
                    "The archive " + desired.source().orElseThrow() + " has no " + missing.get()
                            + ", which creates names.",
                    "Correct creates, or strip.");
        }
        Stamp.of(desired, host).orElseThrow().write(fresh);
    }

    private void swap() throws IOException {
        boolean replaces = Stamp.in(place).isPresent();
        if (!replaces) {
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        if (desired.backup()) {
            host.backups().keep(desired.path());
        }
        Exchange.of(fresh, place);
    }
}
