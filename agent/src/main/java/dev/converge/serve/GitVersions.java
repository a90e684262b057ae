package dev.converge.serve;

import dev.converge.source.Fetched;
import dev.converge.source.SiteCopy;
import dev.converge.source.SiteSource;
import dev.converge.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A site from a Git repository: the commits that its branch comes to. */
final class GitVersions implements Versions {
    private final SiteSource source;
    private Optional<SiteCopy> offered = Optional.empty();
    private String accepted = "";

    private GitVersions(SiteSource source) {
        this.source = source;
    }

    /** @throws dev.converge.provider.ResourceFailure when another process has the folder */
    static GitVersions open(SourceSettings settings, Path folder) throws IOException {
        return new GitVersions(SiteSource.open(settings, folder));
    }

    @Override
    public Look look() throws InterruptedException {
        Fetched fetched = source.fetch();
        if (fetched instanceof Fetched.Newest newest) {
            return offer(newest.copy());
        }
        if (fetched instanceof Fetched.Same same) {
            return same.copy().commit().equals(accepted) ? new Look.Same() : offer(same.copy());
        }
        if (fetched instanceof Fetched.Refused refused) {
            return new Look.Failed(Optional.of(refused.commit()), refused.why());
        }
        return new Look.Failed(Optional.empty(), ((Fetched.Unreachable) fetched).why());
    }

    private Look offer(SiteCopy copy) {
        offered = Optional.of(copy);
        return new Look.Newer(version(copy));
    }

    private static SiteVersion version(SiteCopy copy) {
        return new SiteVersion(copy.commit(), copy.folder());
    }

    @Override
    public Optional<SiteVersion> last() {
        return source.inForce().map(GitVersions::version);
    }

    @Override
    public void accept(SiteVersion version) throws IOException {
        accepted = version.commit();
        if (offered.isPresent() && offered.get().commit().equals(accepted)) {
            source.accept(offered.get());
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
