package dev.converge.sysctl;

import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Writable;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Policy;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** Sets parameters through {@code /proc/sys}, and keeps them in a file each. No program runs for it. */
public final class SysctlProvider
        implements Undoes<SysctlResource>, Inspects<SysctlResource>, FirstBoot<SysctlResource> {
    @Override
    public Optional<SysctlResource> observe(SysctlResource desired, Host host)
            throws IOException, InterruptedException {
        boolean live = desired.live() && Kernel.runs(host);
        Optional<String> now = live ? Kernel.read(desired.key(), host) : Optional.of(desired.value());
        Optional<AtBoot> atBoot = desired.persist() ? atBoot(desired, host) : Optional.empty();
        boolean exists = desired.persist() ? atBoot.isPresent() : now.isPresent();
        return exists
                ? Optional.of(
                        new SysctlResource(desired.key(), now.orElse(""), atBoot, desired.live(), desired.persist()))
                : Optional.empty();
    }

    /** Empty without a file of ours, even where another one says the same today. */
    private static Optional<AtBoot> atBoot(SysctlResource desired, Host host) throws IOException, InterruptedException {
        Path own = desired.file();
        if (Stat.of(host.path(own)).isEmpty()) {
            return Optional.empty();
        }
        return SysctlFiles.of(host)
                .last(desired.key())
                .map(line -> new AtBoot(line.value(), Optional.of(line.file()).filter(file -> !file.equals(own))))
                .or(() -> Optional.of(AtBoot.wanted("")));
    }

    @Override
    public void check(Change<SysctlResource> change, Host host) throws IOException, InterruptedException {
        SysctlResource desired = change.desired();
        if (change.action() == Action.DELETE) {
            requireKept(desired);
            Writable.requireParent(desired.file(), host);
            return;
        }
        if (change.names("value") && desired.live() && Kernel.runs(host) && !isLive(desired, host)) {
            Kernel.requireWritable(desired.key(), host);
        }
        if (desired.persist()) {
            Writable.requireParent(desired.file(), host);
            refuseOverride(desired, host);
        }
    }

    private static void requireKept(SysctlResource desired) {
        if (!desired.persist()) {
            throw new ResourceFailure(
                    desired.key() + " cannot be removed from the running kernel.",
                    "Leave persist at true to remove its file, or declare the value that it shall have.");
        }
    }

    private static void refuseOverride(SysctlResource desired, Host host) throws IOException, InterruptedException {
        Optional<SysctlFiles.Assignment> last = SysctlFiles.of(host).last(desired.key());
        if (last.isEmpty() || last.get().file().equals(desired.file())) {
            return;
        }
        Path file = last.get().file();
        boolean later = file.endsWith("sysctl.conf")
                || file.getFileName().compareTo(desired.file().getFileName()) > 0;
        if (later && !last.get().value().equals(desired.value())) {
            throw new ResourceFailure(
                    file + " sets " + desired.key() + " to " + last.get().value() + ", and is read after "
                            + desired.file() + ".",
                    "Take the line out of " + file + ", or declare its value here.");
        }
    }

    @Override
    public void apply(Change<SysctlResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        SysctlResource desired = change.desired();
        if (change.action() == Action.DELETE) {
            host.backups().keep(desired.file());
            Removal.of(host.path(desired.file()));
            host.invalidate(SysctlFiles.class);
            return;
        }
        if (change.names("value") && desired.live() && Kernel.runs(host)) {
            writeLive(desired, host);
        }
        if (change.names("atBoot")) {
            writeFile(desired, host);
        }
    }

    private static void writeLive(SysctlResource desired, Host host) throws IOException {
        if (!isLive(desired, host)) {
            Kernel.write(desired.key(), desired.value(), host);
        }
    }

    /** A parameter may have its value already, when only its file is missing. */
    private static boolean isLive(SysctlResource desired, Host host) throws IOException {
        return Kernel.read(desired.key(), host).equals(Optional.of(desired.value()));
    }

    private static void writeFile(SysctlResource desired, Host host) throws IOException {
        host.backups().keep(desired.file());
        try (NewFile file = NewFile.beside(host.path(desired.file()), host)) {
            file.write(Content.of(SysctlFirstBoot.kept(desired).text()));
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));
            file.place();
        }
        host.invalidate(SysctlFiles.class);
    }

    /** Those that a file sets; the kernel has a thousand more. */
    @Override
    public List<String> names(Host host) throws IOException, InterruptedException {
        return SysctlFiles.of(host).last().keySet().stream()
                .map(SysctlKey::toString)
                .sorted()
                .toList();
    }

    /** What the kernel has now; without a kernel, what the next one will be told. */
    @Override
    public Optional<SysctlResource> inspect(String name, Host host) throws IOException, InterruptedException {
        SysctlKey key = SysctlKey.parse(name);
        Optional<SysctlFiles.Assignment> kept = SysctlFiles.of(host).last(key);
        Optional<String> value = Kernel.runs(host) ? Kernel.read(key, host) : kept.map(SysctlFiles.Assignment::value);
        return value.map(now -> {
            SysctlResource persistent = new SysctlResource(key, now, Optional.empty(), true, true);
            boolean ours = kept.filter(line -> line.file().equals(persistent.file()))
                    .filter(line -> line.value().equals(now))
                    .isPresent();
            return ours ? persistent : new SysctlResource(key, now, Optional.empty(), true, false);
        });
    }

    /** The kernel has a value even where no file of ours says one. */
    @Override
    public Optional<Undo> undo(Change<SysctlResource> due, Host host) throws IOException, InterruptedException {
        SysctlResource desired = due.desired();
        Optional<String> live =
                desired.live() && Kernel.runs(host) ? Kernel.read(desired.key(), host) : Optional.empty();
        if (live.isEmpty() || !due.names("value")) {
            return Optional.of(Undo.byFiles());
        }
        SysctlResource before = new SysctlResource(desired.key(), live.get(), Optional.empty(), true, false);
        Declared<SysctlResource> state =
                new Declared<>(due.id(), before, Ensure.PRESENT, due.declared().source(), Policy.none());
        return Optional.of(new Undo.States(List.of(state), List.of(desired.file()), List.of()));
    }

    @Override
    public List<Step> steps(Declared<SysctlResource> declared, Scene scene) {
        return SysctlFirstBoot.steps(declared);
    }
}
