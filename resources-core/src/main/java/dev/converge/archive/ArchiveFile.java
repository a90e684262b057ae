package dev.converge.archive;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Reads archives, told apart by their first bytes rather than by their names. */
final class ArchiveFile {
    private static final HexFormat HEX = HexFormat.of();
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final int LAST_BITS = 0777;

    private final Path path;
    private final Host host;

    /** @param path as the host sees it */
    ArchiveFile(Path path, Host host) {
        this.path = path;
        this.host = host;
    }

    /** @throws ResourceFailure when it is not an archive, or broken */
    void forEach(Entry.Consumer consumer) throws IOException, InterruptedException {
        byte[] start = start();
        try {
            if (begins(start, "504b0304") || begins(start, "504b0506")) {
                readZip(consumer);
                return;
            }
            if (begins(start, "28b52ffd")) {
                readZstd(consumer);
                return;
            }
            try (InputStream file = new BufferedInputStream(Files.newInputStream(host.path(path)))) {
                readTar(decompressed(file, start), consumer);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e); // the library's way to say that a header is broken
        }
    }

    private byte[] start() throws IOException {
        try (InputStream in = Files.newInputStream(host.path(path))) {
            return in.readNBytes(8);
        }
    }

    private static boolean begins(byte[] start, String hex) {
        byte[] wanted = HEX.parseHex(hex);
        return start.length >= wanted.length && Arrays.equals(start, 0, wanted.length, wanted, 0, wanted.length);
    }

    private static InputStream decompressed(InputStream file, byte[] start) throws IOException {
        if (begins(start, "1f8b")) {
            return new GzipCompressorInputStream(file, true);
        }
        if (begins(start, "425a68")) {
            return new BZip2CompressorInputStream(file, true);
        }
        return begins(start, "fd377a585a00") ? new XZCompressorInputStream(file, true) : file;
    }

    /** The only format that needs a program of the host. */
    private void readZstd(Entry.Consumer consumer) throws IOException, InterruptedException {
        Path plain = path.resolveSibling(path.getFileName() + "tar"); // still known as Converge's own
        host.noteTemporary(host.path(plain));
        try {
            CommandResult result = host.commands()
                    .run(Command.of("zstd", "-dqf", "-o", plain.toString(), path.toString())
                            .timeout(LONG));
            if (!result.succeeded()) {
                throw new IOException("zstd says: " + result.lastLines(2));
            }
            try (InputStream file = new BufferedInputStream(Files.newInputStream(host.path(plain)))) {
                readTar(file, consumer);
            }
        } finally {
            Files.deleteIfExists(host.path(plain));
        }
    }

    private static void readTar(InputStream in, Entry.Consumer consumer) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
        boolean any = false;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            any = true;
            consumer.accept(new Entry(
                    entry.getName(),
                    kindOf(entry),
                    entry.getMode() & LAST_BITS,
                    entry.getLinkName(),
                    entry.getLastModifiedDate().getTime(),
                    () -> tar));
        }
        if (!any) {
            throw new IOException("it is neither tar nor zip, or there is nothing in it");
        }
    }

    private static Entry.Kind kindOf(TarArchiveEntry entry) {
        if (entry.isDirectory()) {
            return Entry.Kind.FOLDER;
        }
        if (entry.isSymbolicLink()) {
            return Entry.Kind.SYMBOLIC_LINK;
        }
        if (entry.isLink()) {
            return Entry.Kind.HARD_LINK;
        }
        return entry.isFile() && !entry.isCharacterDevice() && !entry.isBlockDevice() && !entry.isFIFO()
                ? Entry.Kind.FILE
                : Entry.Kind.SPECIAL;
    }

    private void readZip(Entry.Consumer consumer) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(host.path(path)).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                consumer.accept(ofZip(entry, zip));
            }
        }
    }

    /** Archives that were made elsewhere than on Unix have no modes. */
    private static Entry ofZip(ZipArchiveEntry entry, ZipFile zip) throws IOException {
        boolean link = entry.isUnixSymlink();
        Entry.Kind kind = entry.isDirectory() ? Entry.Kind.FOLDER : link ? Entry.Kind.SYMBOLIC_LINK : Entry.Kind.FILE;
        int given = entry.getUnixMode() & LAST_BITS;
        int usual = kind == Entry.Kind.FOLDER ? 0755 : 0644;
        return new Entry(
                entry.getName(),
                kind,
                given == 0 ? usual : given,
                link ? zip.getUnixSymlink(entry) : "",
                entry.getTime(),
                () -> zip.getInputStream(entry));
    }
}
