package dev.converge.command;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Text;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Refresh;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Asks, sets, and asks again. */
public final class CommandProvider implements Undoes<CommandResource>, FirstBoot<CommandResource> {
    @Override
    public Optional<CommandResource> observe(CommandResource desired, Host host)
            throws IOException, InterruptedException {
        return new Dialogue(desired, host).state().map(desired::with);
    }

    @Override
    public void check(Change<CommandResource> change, Host host) throws IOException, InterruptedException {
        host.commands().check(new Dialogue(change.desired(), host).command(words(change)));
    }

    private static List<Text> words(Change<CommandResource> change) {
        CommandResource desired = change.desired();
        if (change.action() != Action.DELETE) {
            return desired.set().orElseThrow();
        }
        return desired.remove()
                .orElseThrow(() -> new ResourceFailure(
                        "Nothing says how " + change.id() + " is taken away.",
                        "Give remove, the command that does it."));
    }

    @Override
    public void apply(Change<CommandResource> change, Host host) throws IOException, InterruptedException {
        Dialogue dialogue = new Dialogue(change.desired(), host);
        List<Text> words = words(change);
        dialogue.run(words);
        Optional<State> after = dialogue.state();
        boolean wantsNone = change.action() == Action.DELETE;
        if (wantsNone ? after.isPresent() : !after.map(State::met).orElse(false)) {
            String what = wantsNone ? "is still there" : "is still not as declared";
            throw new ResourceFailure(
                    change.id() + " " + what + " although " + dialogue.shown(words) + " succeeded: " + dialogue.found(),
                    "Compare what the command does with what test or get looks at.");
        }
    }

    @Override
    public boolean refreshes(CommandResource desired) {
        return desired.refresh().isPresent();
    }

    @Override
    public Refresh refresh(CommandResource desired, Optional<Change<CommandResource>> made, Host host)
            throws IOException, InterruptedException {
        Refresh refresh = checkRefresh(desired, made, host);
        if (refresh.isDone() && desired.refresh().isPresent()) {
            new Dialogue(desired, host).run(desired.refresh().get());
        }
        return refresh;
    }

    /** What was just created knows all that has changed before it. */
    @Override
    public Refresh checkRefresh(CommandResource desired, Optional<Change<CommandResource>> due, Host host) {
        return due.map(Change::action).filter(Action.CREATE::equals).isPresent()
                ? Refresh.skipped("it was just set")
                : Refresh.done();
    }

    @Override
    public Optional<Undo> undo(Change<CommandResource> due, Host host) {
        boolean removable =
                due.action() == Action.CREATE && due.desired().remove().isPresent();
        return removable
                ? Optional.empty()
                : Optional.of(new Undo.Never(
                        "Only its author knows a command that takes back what \"set\" or \"remove\" did."));
    }

    @Override
    public List<Step> steps(Declared<CommandResource> declared, Scene scene) {
        return CommandFirstBoot.steps(declared);
    }

    @Override
    public List<Step> refreshSteps(Declared<CommandResource> declared, Scene scene) {
        return CommandFirstBoot.refresh(declared.desired());
    }
}
