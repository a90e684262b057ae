package dev.converge.exec;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Text;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import dev.converge.provider.Refresh;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the command of an {@code exec} when its guards ask for it: then it does not exist yet, and else it is in sync. */
public final class ExecProvider implements Provider<ExecResource>, FirstBoot<ExecResource> {
    @Override
    public Optional<ExecResource> observe(ExecResource desired, Host host) throws IOException, InterruptedException {
        return desired.refreshOnly() || !mayRun(desired, host) ? Optional.of(desired) : Optional.empty();
    }

    @Override
    public void check(Change<ExecResource> change, Host host) throws IOException, InterruptedException {
        host.commands().check(ExecCommands.program(change.desired()));
    }

    @Override
    public void apply(Change<ExecResource> change, Host host) throws IOException, InterruptedException {
        execute(change.desired(), host);
    }

    @Override
    public boolean refreshes(ExecResource desired) {
        return true;
    }

    @Override
    public Refresh refresh(ExecResource desired, Optional<Change<ExecResource>> made, Host host)
            throws IOException, InterruptedException {
        if (!mayRun(desired, host)) {
            return Refresh.skipped("its guards say that it need not run");
        }
        execute(desired, host);
        return Refresh.done();
    }

    /** What the command does to the host is not known: whatever was read before is read again. */
    static void execute(ExecResource exec, Host host) throws IOException, InterruptedException {
        try {
            run(exec, host);
        } finally {
            host.invalidateAll();
        }
    }

    private static void run(ExecResource exec, Host host) throws IOException, InterruptedException {
        Command command = ExecCommands.main(exec);
        long began = System.nanoTime();
        CommandResult result = host.commands().run(command);
        for (int tried = 1; tried < exec.tries() && !succeeded(exec, result); tried++) {
            TimeUnit.MILLISECONDS.sleep(exec.trySleep().toMillis());
            began = System.nanoTime();
            result = host.commands().run(command);
        }
        if (!succeeded(exec, result)) {
            throw ExecFailure.of(exec, result, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private static boolean succeeded(ExecResource exec, CommandResult result) {
        return !result.timedOut() && exec.returns().contains(result.exit());
    }

    private static boolean mayRun(ExecResource exec, Host host) throws IOException, InterruptedException {
        for (Path made : exec.creates()) {
            if (Files.exists(host.path(made))) {
                return false;
            }
        }
        boolean guarded = !exec.onlyIf().isEmpty() || !exec.unless().isEmpty();
        if (guarded && !canStart(ExecCommands.shell(exec, Text.of(":")), host)) {
            return true;
        }
        return holds(exec, exec.onlyIf(), true, host) && holds(exec, exec.unless(), false, host);
    }

    /** Whether every guard succeeds, or fails, as it is wanted. */
    private static boolean holds(ExecResource exec, List<Text> guards, boolean wanted, Host host)
            throws IOException, InterruptedException {
        for (Text guard : guards) {
            CommandResult result = host.commands().run(ExecCommands.shell(exec, guard));
            if (result.timedOut()) {
                throw ExecFailure.ofGuard(exec, guard);
            }
            if (result.succeeded() != wanted) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the folder and the user of the guards are there. Where they are not, the command cannot start either, and
     * its own check says so; in a dry run they may be what an earlier resource is still to make.
     */
    private static boolean canStart(Command guard, Host host) throws IOException, InterruptedException {
        try {
            host.commands().check(guard);
            return true;
        } catch (ResourceFailure e) {
            return false;
        }
    }

    @Override
    public List<Step> steps(Declared<ExecResource> declared, Scene scene) {
        return ExecFirstBoot.steps(declared.desired());
    }

    @Override
    public List<Step> refreshSteps(Declared<ExecResource> declared, Scene scene) {
        return List.of(ExecFirstBoot.step(declared.desired()));
    }
}
