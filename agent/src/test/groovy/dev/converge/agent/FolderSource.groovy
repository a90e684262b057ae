package dev.converge.agent

import dev.converge.diagnostic.Code
import dev.converge.diagnostic.Diagnostic
import dev.converge.source.Fetched
import dev.converge.source.SiteCopy
import dev.converge.source.SiteSource
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant

/** Commits that are folders: the newest is the one that was pushed last. */
class FolderSource implements SiteSource {
    final Path folder
    int asked
    boolean reachable = true
    /** A mistake of ours is in the way of the last good commit. */
    boolean broken
    /** Why the newest must not be used. */
    Optional<Diagnostic> refused = Optional.empty()
    /** Commits whose signer may sign no longer, and how that is told. */
    Map<String, Diagnostic> distrusted = [:]
    private Optional<SiteCopy> newest = Optional.empty()
    private Optional<SiteCopy> good = Optional.empty()

    FolderSource(Path folder) {
        this.folder = folder
    }

    synchronized void push(String commit, String manifest) {
        Path site = Files.createDirectories(folder.resolve(commit))
        Files.writeString(site.resolve('site.groovy'), manifest)
        newest = Optional.of(new SiteCopy(commit, site, Optional.empty(), Instant.now()))
    }

    @Override
    synchronized Fetched fetch() {
        asked++
        if (!reachable) {
            return new Fetched.Unreachable(Diagnostic.warning(Code.SITE_FILE, 'No answer', 'Nobody answers.'))
        }
        if (refused.present) {
            return new Fetched.Refused(newest.get().commit(), refused.get())
        }
        newest == good ? new Fetched.Same(good.get()) : new Fetched.Newest(newest.get())
    }

    @Override
    synchronized Optional<SiteCopy> inForce() {
        if (broken) {
            throw new IllegalStateException('a bug')
        }
        good
    }

    @Override
    Optional<Diagnostic> objection(SiteCopy copy) {
        Optional.ofNullable(distrusted[copy.commit()])
    }

    @Override
    synchronized void accept(SiteCopy copy) {
        good = Optional.of(copy)
    }

    @Override
    void close() {
    }
}
