package dev.converge.tidy;

import dev.converge.filesystem.Stat;
import dev.converge.filesystem.TrustedLink;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.provider.Change;
import dev.converge.provider.DeclaredResources;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Removes old and large files. */
public final class TidyProvider implements Undoes<TidyResource>, FirstBoot<TidyResource> {
    @Override
    public Optional<TidyResource> observe(TidyResource desired, Host host) throws IOException, InterruptedException {
        Found found = new Found();
        sweep(desired, found, host);
        return Optional.of(found.in(desired));
    }

    @Override
    public void apply(Change<TidyResource> change, Host host) throws IOException, InterruptedException {
        Removing removing = new Removing(change.desired(), host);
        sweep(change.desired(), removing, host);
        removing.requireAll();
    }

    private static void sweep(TidyResource desired, Sweep sweep, Host host) throws IOException, InterruptedException {
        Path path = desired.path();
        Optional<Stat> stat = Stat.of(host.path(path));
        if (stat.isEmpty()) {
            return;
        }
        if (!stat.get().isDirectory()) {
            throw new ResourceFailure(
                    path + " is a " + stat.get().kind() + ", not a folder.", "Name the folder that holds the files.");
        }
        TrustedLink.requireOnWay(path, host);
        Criteria criteria = new Criteria(desired, Instant.now());
        new TidyWalk(desired, DeclaredResources.on(host), criteria, sweep)
                .below(host.path(path).toRealPath());
    }

    @Override
    public Optional<Undo> undo(Change<TidyResource> due, Host host) {
        return Optional.of(Undo.byFiles());
    }

    @Override
    public List<Step> steps(Declared<TidyResource> declared, Scene scene) {
        return TidyFirstBoot.steps(declared.desired(), scene);
    }
}
