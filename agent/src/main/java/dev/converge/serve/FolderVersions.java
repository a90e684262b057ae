package dev.converge.serve;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.filesystem.Removal;
import dev.converge.report.IoReason;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A site in a folder that people edit: what is rendered is a copy, made when nothing was written for a moment, so that all
 * hosts get the same site, and the one before stays there while a new one does not compile.
 */
final class FolderVersions implements Versions {
    /** Whoever writes a file has emptied it first. */
    private static final Duration REST = Duration.ofMillis(500);

    private final Path site;
    private final Path copies;
    private String mark = "";
    private Optional<SiteVersion> newest = Optional.empty();
    private String accepted = "";

    private FolderVersions(Path site, Path copies) {
        this.site = site;
        this.copies = copies;
    }

    static FolderVersions open(Path site, Path state) throws IOException {
        Path copies = StateDirectory.make(state.resolve("sites"));
        FolderVersions opened = new FolderVersions(site, copies);
        opened.clearBut("");
        return opened;
    }

    @Override
    public Look look() {
        try {
            String now = SiteCopying.mark(site);
            if (!now.equals(mark)) {
                boolean waits = newest.isPresent() && !SiteCopying.isAtRest(site, REST);
                Optional<SiteVersion> copied = waits ? Optional.empty() : copied(now);
                if (copied.isEmpty()) {
                    return new Look.Unsettled();
                }
                newest = copied;
                mark = now;
            }
        } catch (IOException e) {
            IoReason reason = IoReason.of(e);
            return new Look.Failed(
                    Optional.empty(),
                    Diagnostic.error(Code.SOURCE, "Site not read", site + " cannot be copied. " + reason.sentence())
                            .suggest(reason.advice()));
        }
        return newest.filter(version -> !version.commit().equals(accepted))
                .<Look>map(Look.Newer::new)
                .orElseGet(Look.Same::new);
    }

    private Optional<SiteVersion> copied(String now) throws IOException {
        Path draft = copies.resolve("draft");
        Removal.of(draft);
        String digest = SiteCopying.copy(site, draft);
        if (!SiteCopying.mark(site).equals(now)) {
            return Optional.empty();
        }
        Path place = copies.resolve(digest);
        if (Files.exists(place)) {
            Removal.of(draft);
        } else {
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        }
        return Optional.of(new SiteVersion(digest, place));
    }

    /** None: the folder itself is there. */
    @Override
    public Optional<SiteVersion> last() {
        return Optional.empty();
    }

    @Override
    public void accept(SiteVersion version) throws IOException {
        accepted = version.commit();
        clearBut(accepted);
    }

    private void clearBut(String commit) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(copies)) {
            for (Path one : all) {
                if (!one.endsWith(commit)) {
                    Removal.of(one);
                }
            }
        }
    }

    @Override
    public void close() {}
}
