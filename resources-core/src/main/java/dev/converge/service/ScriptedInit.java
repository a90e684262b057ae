package dev.converge.service;

import dev.converge.diagnostic.Suggestions;
import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.Refresh;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services that are started by scripts in {@code /etc/init.d}: what OpenRC and SysV have in common. */
abstract class ScriptedInit implements InitSystem {
    private static final int SAID_LINES = 10;
    private static final Duration EDIT = Duration.ofMinutes(1);

    /** Whether a service runs. */
    abstract boolean runs(String script, Host host) throws IOException, InterruptedException;

    /** Whether it is started at boot. */
    abstract boolean starts(String script, Host host) throws IOException;

    /** What runs a service's script with a verb such as {@code start}. */
    abstract List<String> command(String script, String verb);

    /** The commands that let it start at boot, or not. */
    abstract List<List<String>> atBoot(String script, boolean enabled, Host host) throws IOException;

    /** Forgets what was read before a change. */
    abstract void forget(Host host);

    @Override
    public final ServiceResource observe(ServiceResource desired, Host host) throws IOException, InterruptedException {
        requireService(desired);
        String script = desired.name().script();
        boolean there = RunLevels.hasScript(script, host);
        Optional<Boolean> up = Optional.empty();
        if (desired.running().isPresent()) {
            up = Optional.of(there && runs(script, host));
        }
        Optional<Boolean> enabled = Optional.empty();
        if (desired.enabled().isPresent()) {
            enabled = Optional.of(starts(script, host));
        }
        return desired.observed(up, enabled, desired.masked().map(ignored -> false));
    }

    private static void requireService(ServiceResource desired) {
        if (desired.user().isPresent()) {
            throw new ResourceFailure("Users have services of their own under systemd only.", "Leave out user.");
        }
        if (!desired.name().unit().endsWith(".service")) {
            throw new ResourceFailure(
                    desired.name() + " is a unit of systemd, which this host does not run.",
                    "Declare it only where facts say that the host has systemd.");
        }
    }

    @Override
    public final void check(Change<ServiceResource> change, Host host) throws IOException {
        String script = change.desired().name().script();
        if (change.names("masked")) {
            throw new ResourceFailure(
                    "Services can be masked under systemd only.", "Give running false and enabled false instead.");
        }
        boolean wanted = change.desired().running().orElse(false)
                || change.desired().enabled().orElse(false);
        if (wanted && !RunLevels.hasScript(script, host)) {
            String near = Suggestions.nearest(script, RunLevels.names(host))
                    .map(name -> "Did you mean '" + name + "'? Else install")
                    .orElse("Install");
            throw new ResourceFailure(
                    "The host has no service \"" + script + "\": there is no " + RunLevels.SCRIPTS.resolve(script)
                            + ".",
                    near + " the package that brings it.");
        }
    }

    @Override
    public final Map<ResourceId, ResourceFailure> apply(List<Change<ServiceResource>> changes, Host host)
            throws IOException, InterruptedException {
        Map<ResourceId, ResourceFailure> failures = new HashMap<>();
        for (Change<ServiceResource> change : changes) {
            try {
                make(change, host);
            } catch (ResourceFailure e) {
                failures.put(change.id(), e);
            }
        }
        return failures;
    }

    private void make(Change<ServiceResource> change, Host host) throws IOException, InterruptedException {
        ServiceResource desired = change.desired();
        if (change.names("enabled")) {
            for (List<String> words :
                    atBoot(desired.name().script(), desired.enabled().orElseThrow(), host)) {
                require(words, EDIT, host);
            }
        }
        if (change.names("running")) {
            boolean wish = desired.running().orElseThrow();
            script(desired, wish ? "start" : "stop", host);
            if (runs(desired.name().script(), host) != wish) {
                throw new ResourceFailure(
                        desired.name() + (wish ? " was started and does not run." : " was stopped and still runs."),
                        "Look into its log, and at what '/etc/init.d/" + desired.name() + " status' tells.");
            }
        }
    }

    private void script(ServiceResource desired, String verb, Host host) throws IOException, InterruptedException {
        try {
            require(command(desired.name().script(), verb), desired.timeout(), host);
        } finally {
            forget(host);
        }
    }

    private static void require(List<String> words, Duration timeout, Host host)
            throws IOException, InterruptedException {
        Command command = Command.of(words).timeout(timeout);
        CommandResult result = host.commands().run(command);
        if (!result.succeeded()) {
            String said = result.lastLines(SAID_LINES);
            throw new ResourceFailure(
                    "'" + command + "' " + (result.timedOut() ? "did not end in time" : "failed, exit " + result.exit())
                            + "." + (said.isBlank() ? "" : "\n" + said),
                    "Correct what it tells, or look into the service's log.");
        }
    }

    @Override
    public final Refresh refresh(ServiceResource desired, Host host) throws IOException, InterruptedException {
        forget(host);
        Refresh foreseen = checkRefresh(desired, host);
        if (foreseen.isDone()) {
            refreshRunning(desired, host);
        }
        return foreseen;
    }

    private void refreshRunning(ServiceResource desired, Host host) throws IOException, InterruptedException {
        if (desired.refresh() == RefreshBy.RELOAD_OR_RESTART) {
            try {
                script(desired, "reload", host);
                return;
            } catch (ResourceFailure e) {
                forget(host); // a script without reload says so by failing
            }
        }
        script(desired, desired.refresh() == RefreshBy.RELOAD ? "reload" : "restart", host);
        if (!runs(desired.name().script(), host)) {
            throw new ResourceFailure(desired.name() + " did not come up again.", "Look into its log.");
        }
    }

    @Override
    public final Refresh checkRefresh(ServiceResource desired, Host host) throws IOException, InterruptedException {
        String script = desired.name().script();
        return RunLevels.hasScript(script, host) && runs(script, host)
                ? Refresh.done()
                : Refresh.skipped("it is not running");
    }

    @Override
    public final List<String> names(Host host) throws IOException {
        return RunLevels.names(host);
    }

    @Override
    public final Optional<ServiceResource> inspect(ServiceResource asked, Host host)
            throws IOException, InterruptedException {
        String script = asked.name().script();
        if (!RunLevels.hasScript(script, host)) {
            return Optional.empty();
        }
        return Optional.of(
                asked.observed(Optional.of(runs(script, host)), Optional.of(starts(script, host)), Optional.empty()));
    }
}
