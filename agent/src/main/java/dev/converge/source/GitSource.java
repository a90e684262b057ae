package dev.converge.source;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.git.Access;
import dev.converge.git.Conversations;
import dev.converge.git.SiteExport;
import dev.converge.git.SiteMirror;
import dev.converge.git.TimeLimit;
import dev.converge.git.TreeCheck;
import dev.converge.model.Durations;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** A site from a Git repository. */
final class GitSource implements SiteSource {
    private final SourceSettings settings;
    private final SourceFolder folder;
    private final Map<String, KeptSite> candidates = new HashMap<>();
    private Optional<String> taken = Optional.empty();

    private GitSource(SourceSettings settings, SourceFolder folder) {
        this.settings = settings;
        this.folder = folder;
    }

    static GitSource open(SourceSettings settings, Path folder) throws IOException {
        return new GitSource(settings, SourceFolder.open(folder));
    }

    @Override
    public Fetched fetch() throws InterruptedException {
        try (Conversations conversations = new Conversations(access(), settings.timeLimit())) {
            Attempt attempt = new Attempt(settings, folder, conversations);
            Attempt.Result result = TimeLimit.within(
                    settings.timeLimit(),
                    "fetching " + settings.url(),
                    attempt::make,
                    conversations::cut,
                    growth()::look);
            result.kept().ifPresent(this::offer);
            return result.fetched();
        } catch (TimeLimit.Over e) {
            if (!e.isEnded()) {
                folder.abandonWork();
            }
            if (e.why().isPresent()) {
                return failed(e.why().get());
            }
            return unreachable(
                    settings.url() + " was not read within " + Durations.format(settings.timeLimit()) + ".",
                    "Try 'git ls-remote' from the host, or raise " + settings.key("timeLimit") + ".");
        } catch (ResourceFailure e) {
            return unreachable(e.getMessage(), e.advice().orElse(""));
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    private Growth growth() {
        return new Growth(folder.work(), settings);
    }

    /** Those before it that were not taken are of no use any more. */
    private void offer(KeptSite kept) {
        candidates.keySet().retainAll(taken.stream().toList());
        candidates.put(kept.commit(), kept);
        try {
            folder.removeUntaken(candidates.keySet());
        } catch (IOException e) {
            return; // they go next time
        }
    }

    private Fetched failed(Throwable cause) {
        if (cause instanceof ResourceFailure failure) {
            return unreachable(failure.getMessage(), failure.advice().orElse(""));
        }
        if (cause instanceof IOException) {
            return unreachable(
                    "What " + settings.url() + " has could not be kept: " + cause + ".",
                    "Look at the room and the rights of the state directory.");
        }
        // Whatever a server sends, the host goes on being kept as the last good commit says.
        return unreachable(
                "What " + settings.url() + " has cannot be read: " + cause + ".",
                "Try 'git fsck' in the repository; if that finds nothing, this is a bug in Converge.");
    }

    private static Fetched unreachable(String detail, String advice) {
        return new Fetched.Unreachable(
                Diagnostic.error(Code.SOURCE, "Site not fetched", detail).suggest(advice));
    }

    private Access access() {
        return new Access(
                settings.username(),
                settings.passwordFile().map(Access::passwordIn),
                settings.sshKey(),
                settings.knownHosts(),
                settings.caFile());
    }

    @Override
    public Optional<SiteCopy> inForce() {
        return good(settings, folder.path(), this::isWhole);
    }

    /** The same of a folder that another process may have open: as it is, or not at all. */
    static Optional<SiteCopy> inForce(SourceSettings settings, Path folder) {
        return good(settings, folder, kept -> TreeCheck.isWhole(SourceFolder.site(folder, kept.commit()), kept.tree()));
    }

    private interface Wholeness {
        boolean of(KeptSite kept) throws IOException;
    }

    private static Optional<SiteCopy> good(SourceSettings settings, Path folder, Wholeness whole) {
        try {
            Optional<KeptSite> read =
                    SourceFolder.read(folder).filter(one -> one.origin().equals(KeptSite.origin(settings)));
            if (read.isEmpty()) {
                return Optional.empty();
            }
            KeptSite kept = read.get();
            Trust.Judgement judgement = new Trust(settings).of(kept.commit(), kept.commitObject(), kept.tagObject());
            return judgement.problem().isEmpty() && whole.of(kept)
                    ? Optional.of(kept.copy(SourceFolder.site(folder, kept.commit()), judgement))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // as if it had never been fetched
        }
    }

    @Override
    public Optional<Diagnostic> objection(SiteCopy copy) throws IOException {
        KeptSite fetched = candidates.get(copy.commit());
        Optional<KeptSite> kept = fetched == null ? folder.read() : Optional.of(fetched);
        return kept.filter(one -> one.commit().equals(copy.commit())).flatMap(one -> new Trust(settings)
                .of(one.commit(), one.commitObject(), one.tagObject())
                .problem());
    }

    /** Made anew from what was fetched, when somebody or something has changed it. */
    private boolean isWhole(KeptSite kept) throws IOException {
        if (TreeCheck.isWhole(folder.site(kept.commit()), kept.tree())) {
            return true;
        }
        boolean others = kept.tree().submodules().values().stream()
                .anyMatch(one -> !one.tree().isEmpty());
        if (others) {
            return false; // those may have to be fetched
        }
        SourceFolder.Work work = folder.work();
        try (SiteMirror mirror = SiteMirror.open(work.mirror(), settings.url())) {
            if (!mirror.has(kept.commit())) {
                return false;
            }
            new SiteExport(mirror, settings.path(), Optional.empty(), settings.room())
                    .write(kept.commit(), work.draft(), Optional.empty());
            folder.place(work.draft(), kept.commit());
            return TreeCheck.isWhole(folder.site(kept.commit()), kept.tree());
        } catch (ResourceFailure e) {
            return false;
        }
    }

    @Override
    public void accept(SiteCopy copy) throws IOException {
        KeptSite kept = candidates.get(copy.commit());
        if (kept == null) {
            throw new IllegalArgumentException(copy.commit() + " was not fetched");
        }
        taken = Optional.of(copy.commit()); // also when that cannot be written down
        folder.write(kept);
        try (SiteMirror mirror = SiteMirror.open(folder.work().mirror(), settings.url())) {
            mirror.keep(copy.commit());
        }
        candidates.clear();
        candidates.put(copy.commit(), kept);
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
