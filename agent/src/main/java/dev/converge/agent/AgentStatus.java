package dev.converge.agent;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.output.JsonReport;
import dev.converge.source.SiteCopy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the agent is.
 *
 * @param since when it has begun; empty when none runs
 * @param doing what it is at, such as {@code idle}
 * @param disabled by whom and why, when it is
 * @param settings what it follows
 * @param commit what is in force
 * @param newest the newest commit that it knows of
 * @param problems what is wrong
 * @param last the last run
 * @param next when the next one is due, by the host's clock, unless it is disabled
 * @param watched how much of the host is watched for changes
 */
public record AgentStatus(
        Optional<Running> since,
        String doing,
        Optional<Switch.Disabled> disabled,
        AgentSettings settings,
        Optional<SiteCopy> commit,
        Optional<String> newest,
        List<Diagnostic> problems,
        Optional<PastRun> last,
        Optional<Instant> next,
        Optional<String> watched) {

    /**
     * The process.
     *
     * @param pid its number
     * @param began when
     */
    public record Running(long pid, Instant began) {}

    public AgentStatus {
        problems = List.copyOf(problems);
    }

    /** The same with what is known of what is watched, and with whoever has disabled it since. */
    AgentStatus now(Optional<Switch.Disabled> off, Optional<String> watching, List<Diagnostic> wrong) {
        Set<Diagnostic> all = new LinkedHashSet<>(problems);
        all.addAll(wrong);
        return new AgentStatus(since, doing, off, settings, commit, newest, List.copyOf(all), last, next, watching);
    }

    /** For programs, as {@code docs/agent.md} describes it. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("running", since.isPresent());
        since.ifPresent(running -> {
            tree.put("pid", running.pid());
            tree.put("since", running.began().toString());
            tree.put("doing", doing);
        });
        disabled.ifPresent(known -> tree.put("disabled", disabled(known)));
        tree.put("source", source());
        tree.put("onDrift", settings.conduct().onDrift().name().toLowerCase(Locale.ROOT));
        commit.ifPresent(copy -> tree.put("commit", commit(copy)));
        newest.ifPresent(id -> tree.put("newest", id));
        last.ifPresent(run -> tree.put("lastRun", run.tree()));
        next.filter(at -> disabled.isEmpty()).ifPresent(at -> tree.put("nextRun", at.toString()));
        watched.ifPresent(text -> tree.put("watching", text));
        tree.put("problems", JsonReport.messages(problems));
        return tree;
    }

    /** The commit in force, read back from what {@link #tree} has made of it. */
    static Optional<SiteCopy> commitOf(Map<String, Object> tree) {
        return tree.get("commit") instanceof Map<?, ?> commit
                ? Optional.of(new SiteCopy(
                        String.valueOf(commit.get("id")),
                        Path.of(String.valueOf(commit.get("folder"))),
                        Optional.ofNullable(commit.get("signer")).map(String::valueOf),
                        Instant.parse(String.valueOf(commit.get("fetched")))))
                : Optional.empty();
    }

    private Map<String, Object> source() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("url", settings.source().url().toString());
        tree.put("ref", settings.source().ref());
        tree.put("environment", settings.conduct().environment());
        return tree;
    }

    private static Map<String, Object> disabled(Switch.Disabled known) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("reason", known.reason());
        tree.put("by", known.by());
        tree.put("since", known.since());
        return tree;
    }

    private static Map<String, Object> commit(SiteCopy copy) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", copy.commit());
        tree.put("fetched", copy.fetched().toString());
        tree.put("folder", copy.folder().toString());
        copy.signer().ifPresent(signer -> tree.put("signer", signer));
        return tree;
    }
}
