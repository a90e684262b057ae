package dev.converge.mount;

import dev.converge.filesystem.TextFile;
import dev.converge.filesystem.Writable;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Mode;
import dev.converge.model.Policy;
import dev.converge.process.Rights;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Edits;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Recovers;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import dev.converge.schema.Inverse;
import dev.converge.schema.Parsing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Mounts file systems, and keeps their lines in {@code /etc/fstab}. What is mounted is read once per run. */
public final class MountProvider
        implements Edits<MountResource>,
                Inspects<MountResource>,
                Undoes<MountResource>,
                Recovers<MountResource>,
                FirstBoot<MountResource>,
                Watchable<MountResource> {
    private static final Mode MODE = Mode.parse("0644");

    /** A line that is as it should be says nothing of what systemd has read. */
    @Override
    public void recover(MountResource desired, Host host) throws IOException, InterruptedException {
        if (desired.persist() && MountTable.of(host).running()) {
            new MountPrograms(desired, host).reloadUnits();
        }
    }

    @Override
    public List<WatchPoint> watched(MountResource desired, Host host) {
        return List.of(new WatchPoint.Mounts());
    }

    @Override
    public Optional<MountResource> observe(MountResource desired, Host host) throws IOException, InterruptedException {
        MountTable table = MountTable.of(host);
        Optional<Mounted> mounted = table.at(desired.path());
        Optional<FstabLine> line = desired.persist()
                ? Fstab.find(TextFile.read(Fstab.FILE, host).text(), desired.path())
                : Optional.empty();
        if (mounted.isEmpty() && line.isEmpty()) {
            return Optional.empty();
        }
        Live live = table.running() ? live(desired, mounted, table, host) : Live.NOTHING;
        return Optional.of(new MountResource(
                desired.path(),
                desired.device(),
                desired.fsType(),
                desired.options(),
                desired.dump(),
                desired.pass(),
                desired.mounted(),
                desired.persist(),
                desired.timeout(),
                Optional.of(live),
                desired.persist() ? Optional.of(line.orElse(FstabLine.NONE)) : Optional.empty()));
    }

    private static Live live(MountResource desired, Optional<Mounted> mounted, MountTable table, Host host)
            throws IOException, InterruptedException {
        boolean wanted = desired.wantsMounted().orElse(mounted.isPresent());
        if (mounted.isEmpty()) {
            return wanted ? Live.NOTHING.differing(Live.Aspect.MISSING) : Live.NOTHING;
        }
        Live live = new Live(mounted.get().toString(), Set.of());
        if (!wanted) {
            return live.differing(Live.Aspect.PRESENT);
        }
        if (desired.device().isEmpty()) {
            return live; // it shall be absent, so nobody said what it should be
        }
        if (!new Device(desired, host).isWhatIs(mounted.get(), table)) {
            return live.differing(Live.Aspect.DEVICE);
        }
        return MountFlags.satisfied(desired.options(), mounted.get()) ? live : live.differing(Live.Aspect.OPTIONS);
    }

    @Override
    public List<FileEdit> edits(Change<MountResource> change, Host host) throws IOException {
        return editsFstab(change)
                ? TextFile.read(Fstab.FILE, host).foresee(edit(change)).stream().toList()
                : List.of();
    }

    private static boolean editsFstab(Change<MountResource> change) {
        return change.names("atBoot")
                || (change.action() == Action.DELETE && change.desired().persist());
    }

    private static UnaryOperator<String> edit(Change<MountResource> change) {
        MountResource desired = change.desired();
        return change.action() == Action.DELETE
                ? Fstab.without(desired.path())
                : Fstab.with(desired.path(), desired.atBoot().orElseThrow());
    }

    @Override
    public void check(Change<MountResource> change, Host host) throws IOException, InterruptedException {
        MountChecks checks = new MountChecks(change.desired(), host);
        MountSteps steps = MountSteps.of(change, MountTable.of(host));
        if (steps.unmount() || steps.mount() || steps.remount()) {
            Rights.requireRoot("mount and unmount file systems", host);
        }
        if (steps.unmount()) {
            checks.requireUnmountable();
        }
        if (steps.mount()) {
            checks.requireMountable();
        }
        if (editsFstab(change)) {
            Writable.requireParent(Fstab.FILE, host);
            Writable.requireReplaceable(Fstab.FILE, host);
            checks.requireOneLine(change.action());
        }
    }

    /** The line comes last: what cannot be mounted now must not stop the next boot. */
    @Override
    public void apply(Change<MountResource> change, Host host) throws IOException, InterruptedException {
        MountResource desired = change.desired();
        MountSteps steps = MountSteps.of(change, MountTable.of(host));
        MountPrograms programs = new MountPrograms(desired, host);
        if (steps.unmount()) {
            programs.unmount();
        }
        if (steps.mount()) {
            makeMountPoint(desired, host);
            programs.mount();
        }
        if (steps.remount()) {
            programs.remount();
        }
        if (editsFstab(change)) {
            TextFile.edit(Fstab.FILE, host, MODE, edit(change));
            if (MountTable.of(host).running()) {
                programs.reloadUnits();
            }
        }
    }

    private static void makeMountPoint(MountResource desired, Host host) throws IOException {
        if (!Files.exists(host.path(desired.path()))) {
            host.backups().keep(desired.path());
            Files.createDirectories(host.path(desired.path()));
        }
    }

    @Override
    public List<String> names(Host host) throws IOException {
        return Fstab.mountPoints(TextFile.read(Fstab.FILE, host).text()).stream()
                .sorted()
                .toList();
    }

    /** What /etc/fstab says; what is mounted without a line there belongs to whoever mounted it. */
    @Override
    public Optional<MountResource> inspect(String name, Host host) throws IOException, InterruptedException {
        Path path = Parsing.path(name);
        MountTable table = MountTable.of(host);
        return Fstab.find(TextFile.read(Fstab.FILE, host).text(), path)
                .map(line -> line.declared(path, mounted(path, table)))
                .or(() -> table.at(path).flatMap(Mounted::declared));
    }

    private static Optional<Boolean> mounted(Path path, MountTable table) {
        return table.running() ? Optional.of(table.at(path).isPresent()) : Optional.empty();
    }

    /** What was mounted is told by its line, not by the attributes of what comes or goes. */
    @Override
    public Optional<Undo> undo(Change<MountResource> due, Host host) throws IOException, InterruptedException {
        Optional<FstabLine> line = due.before().flatMap(MountResource::atBoot).filter(known -> !known.fields()
                .isEmpty());
        if (due.action() == Action.CREATE || line.isEmpty()) {
            return Inverse.state(new MountType(), due).map(Undo::to);
        }
        Path path = due.desired().path();
        MountResource before = line.get().declared(path, mounted(path, MountTable.of(host)));
        return Optional.of(Undo.to(
                new Declared<>(due.id(), before, Ensure.PRESENT, due.declared().source(), Policy.none())));
    }

    @Override
    public List<Step> steps(Declared<MountResource> declared, Scene scene) {
        return MountFirstBoot.steps(declared);
    }
}
