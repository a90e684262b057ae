package dev.converge.agent;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.IoReason;
import dev.converge.source.Fetched;
import dev.converge.source.SiteCopy;
import dev.converge.source.SiteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which commit is in force on this host: the newest that is trusted and compiles for it. */
public final class Commits implements AutoCloseable {
    private static final int SHORT = 12;

    private final SiteSource source;
    private final Machine machine;
    private Optional<LoadedCommit> inForce = Optional.empty();
    private Optional<String> newest = Optional.empty();
    private List<Diagnostic> problems = List.of();
    private boolean reachable = true;

    /** Begins without any; {@link #resume} takes the last good one from disk. */
    public Commits(SiteSource source, Machine machine) {
        this.source = source;
        this.machine = machine;
    }

    /** Begins with the last good commit on disk, when there is one. */
    void resume() throws InterruptedException {
        Optional<SiteCopy> copy = source.inForce();
        if (copy.isPresent()) {
            resume(copy.get());
        }
    }

    private void resume(SiteCopy copy) throws InterruptedException {
        Checked<LoadedCommit> loaded = LoadedCommit.open(copy, machine);
        if (loaded.isOk() && !loaded.value().orElseThrow().isCompiled()) {
            CompilingProcess.compile(copy.folder(), machine);
        }
        inForce = loaded.value();
        newest = Optional.of(copy.commit());
        problems = loaded.isOk() ? List.of() : notLoaded(copy, loaded.diagnostics());
    }

    /**
     * Asks for the newest commit, and puts it in force when it can be.
     *
     * @return whether another one is in force now
     */
    public boolean update() throws InterruptedException {
        Fetched fetched = source.fetch();
        reachable = !(fetched instanceof Fetched.Unreachable);
        if (fetched instanceof Fetched.Newest found) {
            newest = Optional.of(found.copy().commit());
            return take(found.copy());
        }
        if (fetched instanceof Fetched.Refused refused) {
            newest = Optional.of(refused.commit());
            problems = List.of(refused.why());
            reconsider();
        } else if (fetched instanceof Fetched.Unreachable unreachable) {
            problems = List.of(unreachable.why());
            reconsider();
        } else if (fetched instanceof Fetched.Same same) {
            newest = Optional.of(same.copy().commit());
            problems = List.of();
            if (inForce.isEmpty()) {
                return take(same.copy());
            }
        }
        return false;
    }

    /** Who has signed what is in force may no longer be one of those who may, whatever the server says. */
    private void reconsider() {
        Optional<Diagnostic> objection = inForce.flatMap(good -> objection(good.copy()));
        if (objection.isPresent()) {
            inForce = Optional.empty();
            if (!problems.contains(objection.get())) {
                problems = Stream.concat(problems.stream(), objection.stream()).toList();
            }
        }
    }

    private Optional<Diagnostic> objection(SiteCopy copy) {
        try {
            return source.objection(copy);
        } catch (IOException e) {
            return Optional.empty(); // of the disk: no reason to leave the host alone
        }
    }

    private boolean take(SiteCopy copy) throws InterruptedException {
        Checked<LoadedCommit> loaded = LoadedCommit.open(copy, machine);
        List<Diagnostic> wrong = loaded.isOk() ? errors(loaded.value().orElseThrow()) : loaded.diagnostics();
        if (!wrong.isEmpty()) {
            problems = notLoaded(copy, wrong);
            return false;
        }
        inForce = loaded.value();
        problems = kept(copy);
        return true;
    }

    private List<Diagnostic> errors(LoadedCommit commit) throws InterruptedException {
        List<Diagnostic> told = CompilingProcess.compile(commit.copy().folder(), machine)
                .filter(errors -> !errors.isEmpty())
                .orElseGet(() -> commit.compile().catalog().diagnostics());
        return told.stream().filter(Diagnostic::isError).toList();
    }

    /** It is enforced all the same; the next start begins with the one before. */
    private List<Diagnostic> kept(SiteCopy copy) {
        try {
            source.accept(copy);
            return List.of();
        } catch (IOException e) {
            return List.of(Diagnostic.warning(
                            Code.STATE,
                            "The commit was not kept",
                            "That " + shortened(copy.commit()) + " is in force could not be written down. "
                                    + IoReason.of(e).sentence())
                    .suggest(IoReason.of(e).advice()));
        }
    }

    private List<Diagnostic> notLoaded(SiteCopy copy, List<Diagnostic> why) {
        String kept = inForce.map(good -> "Commit " + shortened(good.copy().commit()) + " stays in force.")
                .orElse("No commit is in force.");
        List<Diagnostic> all = new ArrayList<>();
        all.add(Diagnostic.warning(
                        Code.SITE_FILE,
                        "The newest commit does not compile",
                        "Commit " + shortened(copy.commit()) + " does not compile for this host. " + kept)
                .suggest("Mend the site, and push again; converge compile SITE_DIR shows the same errors."));
        why.stream().filter(Diagnostic::isError).forEach(all::add);
        return List.copyOf(all);
    }

    static String shortened(String commit) {
        return commit.substring(0, Math.min(commit.length(), SHORT));
    }

    public Optional<LoadedCommit> inForce() {
        return inForce;
    }

    /** The newest that is known of, whether or not it is in force. */
    public Optional<String> newest() {
        return newest;
    }

    /** Why the newest is not in force, or not known. */
    public List<Diagnostic> problems() {
        return problems;
    }

    /** Whether the newest commit that there is was found, and is in force. */
    boolean areCurrent() {
        return reachable && problems.stream().noneMatch(Diagnostic::isError);
    }

    /** Whether the remote has answered last time. */
    boolean isReachable() {
        return reachable;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
