package dev.converge.agent;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Redactor;
import dev.converge.report.IoReason;
import dev.converge.report.Report;
import dev.converge.source.SiteCopy;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has happened, as the log tells it, the sinks get it, and the status shows it. */
final class Chronicle implements AutoCloseable {
    private final AgentSettings settings;
    private final AgentLog log;
    private final Outbox outbox;
    private Optional<AgentRun> last;
    private List<Diagnostic> refused = List.of();
    private List<Diagnostic> told = List.of();
    private boolean fetched;
    private Optional<KnownTrouble> remembered = Optional.empty();

    /** @param last the run that earlier settings have ended with */
    Chronicle(AgentSettings settings, AgentLog log, Outbox outbox, Optional<AgentRun> last) {
        this.settings = settings;
        this.log = log;
        this.outbox = outbox;
        this.last = last;
    }

    /** The last run that has found something, or was of everything. */
    Optional<AgentRun> last() {
        return last;
    }

    void started(Optional<Switch.Disabled> disabled) {
        String rests = disabled.map(why -> "; disabled: " + why.reason()).orElse("");
        say(
                LogEvent.STARTED,
                "Keeps this host as " + settings.source().url() + " says, "
                        + settings.source().ref() + rests);
        settings.source().doubts().forEach(doubt -> log.write(LogLevel.WARNING, LogEvent.PROBLEM, LogText.of(doubt)));
    }

    void waits(Diagnostic holder) {
        say(LogEvent.WAITING, "Waits for another run. " + holder.detail());
    }

    void asked() {
        say(LogEvent.ASKED, "Somebody asks for a run");
    }

    void switched(Optional<Switch.Disabled> disabled) {
        outbox.switched(disabled.isPresent());
        if (disabled.isPresent()) {
            log.write(
                    LogLevel.WARNING,
                    LogEvent.DISABLED,
                    "Disabled: " + disabled.get().reason());
        } else {
            say(LogEvent.ENABLED, "Enabled again");
        }
    }

    /** A run would be due, and nothing happens. */
    void rests(Commits commits, Switch.Disabled why) {
        outbox.rests(commits.inForce().map(LoadedCommit::copy), why);
    }

    /** The remote was asked. */
    void fetched(Commits commits) {
        fetched = true;
        outbox.fetched(commits.isReachable());
        tell(commits.problems());
    }

    /** @param before the commit that was in force until now */
    void inForce(SiteCopy commit, Optional<String> before) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of("CONVERGE_COMMIT", commit.commit()));
        before.ifPresent(old -> fields.put("CONVERGE_COMMIT_BEFORE", old));
        log.write(
                LogLevel.INFO,
                LogEvent.COMMIT,
                "Commit " + Commits.shortened(commit.commit()) + " is in force",
                fields);
    }

    /**
     * A run has ended.
     *
     * @param whole whether it was of all resources
     * @param noticed when the first event came that led to it
     */
    void ran(Runner.Made made, boolean whole, Optional<Instant> noticed) {
        boolean nothing = !whole && made.run().report().map(Report::allInSync).orElse(false);
        if (!nothing) {
            last = Optional.of(made.run());
        }
        if (whole) {
            tell(made.run().said());
        }
        LogText.of(made.run(), Redactor.of(made.secrets()), log);
        outbox.ran(made, whole, noticed);
    }

    void failed(Throwable bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        log.write(LogLevel.ERROR, LogEvent.BUG, "This is a bug in Converge: " + bug + where);
    }

    void reloaded(Path file) {
        say(LogEvent.RELOADED, "Follows " + file + " as it is now");
    }

    /** @param anew whether the agent wants to be started again */
    void ended(boolean anew) {
        say(LogEvent.STOPPED, anew ? "Ended, to start anew: Converge was replaced" : "Ended");
    }

    /** What the disk does not take is a trouble of its own, and keeps nothing from going on. */
    void notKept(IOException why) {
        log.write(LogLevel.WARNING, LogEvent.PROBLEM, IoReason.of(why).sentence());
    }

    /** Settings that cannot be followed: these stay. */
    void refused(Path file, List<Diagnostic> why) {
        List<Diagnostic> all = new ArrayList<>();
        all.add(Diagnostic.warning(
                Code.BAD_VALUE,
                "The settings were not read anew",
                file + " has mistakes; the agent goes on with what it knew."));
        all.addAll(why);
        refused = List.copyOf(all);
        for (Diagnostic one : all) {
            log.write(LogLevel.ERROR, LogEvent.RELOAD_REFUSED, LogText.of(one));
        }
    }

    /** What something else on the host keeps changing back. */
    void fights(List<Diagnostic> fights) {
        fights.forEach(fight -> log.write(LogLevel.WARNING, LogEvent.PROBLEM, LogText.of(fight)));
    }

    /** What is wrong is told when it is new, and not once more with each interval. */
    private void tell(List<Diagnostic> problems) {
        for (Diagnostic problem : problems) {
            if (!told.contains(problem)) {
                LogLevel level = problem.isError() ? LogLevel.ERROR : LogLevel.WARNING;
                log.write(
                        level,
                        LogEvent.PROBLEM,
                        LogText.of(problem),
                        Map.of("CONVERGE_CODE", problem.code().label()));
            }
        }
        told = List.copyOf(problems);
    }

    private void say(LogEvent event, String text) {
        log.write(LogLevel.INFO, event, text);
    }

    /** What is wrong now: with the settings, with the newest commit, and what the last run has met. */
    List<Diagnostic> problems(Commits commits) {
        List<Diagnostic> problems = new ArrayList<>(refused);
        problems.addAll(settings.source().doubts());
        problems.addAll(met(commits));
        return problems;
    }

    private List<Diagnostic> met(Commits commits) {
        List<Diagnostic> met = new ArrayList<>(commits.problems());
        last.ifPresent(
                run -> run.problems().stream().filter(one -> !met.contains(one)).forEach(met::add));
        return met;
    }

    /**
     * Writes down what is wrong with the newest commit and the last run, for when the agent has ended. Before the remote was
     * asked, what an earlier agent has found is still the news.
     */
    void remember(Commits commits, StateDirectory state) {
        if (!fetched) {
            return;
        }
        KnownTrouble now = KnownTrouble.of(settings.source(), commits.newest(), met(commits));
        if (remembered.filter(now::equals).isPresent()) {
            return;
        }
        remembered = Optional.of(now);
        try {
            now.keep(state);
        } catch (IOException e) {
            notKept(e);
        }
    }

    /** In a line, for systemctl(1). */
    String sentence(Commits commits) {
        String commit = commits.inForce()
                .map(known -> "Commit " + Commits.shortened(known.copy().commit()))
                .orElse("No commit yet");
        return commit + last.map(run -> ", " + LogText.result(run)).orElse("");
    }

    /** How the sinks are doing, for programs. */
    List<Object> sinks() {
        return outbox.states();
    }

    @Override
    public void close() {
        outbox.close();
    }
}
