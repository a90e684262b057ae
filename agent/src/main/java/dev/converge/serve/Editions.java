package dev.converge.serve;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.IoReason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Which edition is in force, and the thread that looks for the next one. That is rendered for every host beforehand; it is
 * put in force in one step, and not at all when a host that could be served so far could not be served by it.
 */
final class Editions implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofMinutes(2);
    private static final int TOLD = 3;

    private final Versions versions;
    private final EditionSettings settings;
    private final Function<Edition, Renders> renderer;
    private final ServerLog log;
    private final Rehearsal rehearsal;
    private volatile Renders current;
    private volatile Standing standing;
    private volatile boolean withdrawn;
    private Optional<Refusal> refused = Optional.empty();

    /** @param renderer makes what renders an edition */
    Editions(Versions versions, EditionSettings settings, Function<Edition, Renders> renderer, ServerLog log) {
        this.versions = versions;
        this.settings = settings;
        this.renderer = renderer;
        this.log = log;
        this.rehearsal = new Rehearsal(settings.limit());
    }

    /** Puts the first one in force: the newest, or what an earlier process had, when that cannot be had. */
    List<Diagnostic> begin() throws InterruptedException {
        Versions.Look look = versions.look();
        if (look instanceof Versions.Look.Newer newer) {
            Checked<Edition> edition = Edition.open(newer.version(), settings);
            List<Diagnostic> problems =
                    edition.isOk() ? firstErrors(edition.value().orElseThrow()) : edition.diagnostics();
            if (problems.isEmpty()) {
                return List.of();
            }
            return beginWithLast(Optional.of(newer.version().commit()), problems);
        }
        if (look instanceof Versions.Look.Failed failed) {
            return beginWithLast(failed.commit(), List.of(failed.why()));
        }
        return List.of(Diagnostic.error(Code.SOURCE, "Site not read", "Somebody writes into it without a pause.")
                .suggest("Start again when it is at rest."));
    }

    private List<Diagnostic> beginWithLast(Optional<String> newest, List<Diagnostic> problems)
            throws InterruptedException {
        Optional<SiteVersion> last = versions.last().filter(version -> !newest.equals(Optional.of(version.commit())));
        Optional<Edition> edition =
                last.map(version -> Edition.open(version, settings)).flatMap(Checked::value);
        if (edition.isEmpty() || !firstErrors(edition.get()).isEmpty()) {
            return problems;
        }
        log.tell(
                "The newest commit is not used; " + edition.get().version().shortened() + " is in force",
                file -> Optional.empty(),
                problems);
        standing = standing.bad(newest, Standing.brief(problems.get(0)));
        refused = newest.map(Refusal::told);
        return List.of();
    }

    private List<Diagnostic> firstErrors(Edition edition) throws InterruptedException {
        Renders renders = renderer.apply(edition);
        List<Diagnostic> errors = rehearsal.errorsOfAll(renders);
        if (errors.isEmpty()) {
            standing = new Standing(Instant.now(), edition.version().commit(), Optional.empty(), 0);
            current = renders;
            renders.comeIntoForce();
            accept(edition.version());
        }
        return errors;
    }

    /** Looks, again and again, until the thread is interrupted. */
    void follow(Duration interval, Wake wake) throws InterruptedException {
        rehearsal.warm(current);
        while (true) {
            wake.await(interval);
            try {
                look();
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                log.say("This is a bug in Converge; what is in force stays so: " + e);
            }
        }
    }

    /** Waits until it is time, or until somebody wants it to be. */
    interface Wake {
        void await(Duration interval) throws InterruptedException;
    }

    private void look() throws InterruptedException {
        Versions.Look look = versions.look();
        if (look instanceof Versions.Look.Newer newer) {
            if (refusalOf(newer.version()).map(Refusal::isOver).orElse(true)) {
                replace(newer.version());
            }
        } else if (look instanceof Versions.Look.Failed failed) {
            failed(failed);
        } else if (look instanceof Versions.Look.Same) {
            withdrawn = false;
            refused = Optional.empty();
        }
        boolean asked = !current.edition().asksOutside() || isTableKnown();
        if (asked && look instanceof Versions.Look.Same) {
            isWell();
        }
    }

    private void isWell() {
        SiteVersion version = current.edition().version();
        if (standing.problem().isPresent()) {
            log.say("All is well again; " + version.shortened() + " is the newest, and in force");
        }
        standing = standing.good(version.commit());
    }

    private void failed(Versions.Look.Failed failed) {
        boolean news = standing.problem().isEmpty();
        standing = failed.commit().isPresent()
                ? standing.bad(failed.commit(), Standing.brief(failed.why()))
                : standing.unreached(Standing.brief(failed.why()));
        // Who has signed what is in force is no longer one of those who may.
        boolean mine =
                failed.commit().equals(Optional.of(current.edition().version().commit()));
        withdrawn |= mine && failed.why().code() == Code.UNTRUSTED;
        if (news) {
            String text = withdrawn ? "Nothing is served any more" : "The site is served as it was";
            log.tell(text, file -> Optional.empty(), List.of(failed.why()));
        }
    }

    /** The table of hosts may be in Consul, where it changes without a commit. */
    private boolean isTableKnown() throws InterruptedException {
        Checked<Edition> anew = Edition.open(current.edition().version(), settings);
        if (!anew.isOk()) {
            if (standing.problem().isEmpty()) {
                log.tell("The table of hosts stays as it was", current.edition()::lines, anew.diagnostics());
            }
            standing = standing.bad(
                    Optional.empty(), Standing.brief(anew.diagnostics().get(0)));
            return false;
        }
        Edition edition = anew.value().orElseThrow();
        if (!edition.tableDigest().equals(current.edition().tableDigest())) {
            putInForce(renderer.apply(edition), standing);
        }
        return true;
    }

    private void replace(SiteVersion version) throws InterruptedException {
        Checked<Edition> opened = Edition.open(version, settings);
        if (!opened.isOk()) {
            refuse(version, "", file -> Optional.empty(), opened.diagnostics());
            return;
        }
        Edition edition = opened.value().orElseThrow();
        Renders renders = renderer.apply(edition);
        Optional<Rehearsal.Loss> loss = rehearsal.loss(renders, current);
        if (loss.isPresent()) {
            renders.retire();
            String why = ": " + loss.get().host().name() + " cannot be rendered";
            refuse(version, why, edition::lines, loss.get().errors());
            return;
        }
        refused = Optional.empty();
        withdrawn = false;
        putInForce(renders, new Standing(Instant.now(), version.commit(), Optional.empty(), standing.fetchFailures()));
        accept(version);
    }

    /** In one step; and waits until nobody reads the files of the one before, which may then be removed. */
    private void putInForce(Renders renders, Standing now) throws InterruptedException {
        Renders before = current;
        current = renders;
        standing = now;
        Edition edition = renders.edition();
        log.say("Serving " + edition.hosts().counted() + " as of "
                + edition.version().shortened());
        renders.comeIntoForce();
        before.retire();
        long end = System.nanoTime() + DRAIN.toNanos();
        while (before.isBusy() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        // What the one before has left goes now, and the memory with it: the collector would let the heap grow to its
        // limit.
        System.gc();
    }

    private void refuse(
            SiteVersion version,
            String why,
            Function<String, Optional<List<String>>> lines,
            List<Diagnostic> problems) {
        Optional<Refusal> before = refusalOf(version);
        refused = Optional.of(before.map(Refusal::again).orElseGet(() -> Refusal.first(version.commit())));
        String brief = Standing.brief(problems.get(0));
        standing = standing.bad(Optional.of(version.commit()), "The newest version cannot be served: " + brief);
        if (before.isEmpty()) {
            String stays = current.edition().version().shortened();
            List<Diagnostic> told = problems.subList(0, Math.min(problems.size(), TOLD));
            log.tell(
                    "Version " + version.shortened() + " is not used, " + stays + " stays in force" + why, lines, told);
        }
    }

    private Optional<Refusal> refusalOf(SiteVersion version) {
        return refused.filter(known -> known.commit().equals(version.commit()));
    }

    private void accept(SiteVersion version) {
        try {
            versions.accept(version);
        } catch (IOException e) {
            log.say("That " + version.shortened() + " is in force could not be written down. "
                    + IoReason.of(e).sentence());
        }
    }

    Renders current() {
        return current;
    }

    /** Whether what is in force must not be given to anybody any more. */
    boolean isWithdrawn() {
        return withdrawn;
    }

    Standing standing() {
        return standing;
    }

    @Override
    public void close() throws IOException {
        versions.close();
    }
}
