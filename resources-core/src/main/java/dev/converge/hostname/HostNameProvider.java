package dev.converge.hostname;

import dev.converge.filesystem.TextFile;
import dev.converge.filesystem.Writable;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Mode;
import dev.converge.model.Policy;
import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.DeclaredResources;
import dev.converge.provider.Edits;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.sysctl.Kernel;
import dev.converge.sysctl.SysctlKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Names the host as hostname(5) and sethostname(2) do; systemd notices both by itself. */
public final class HostNameProvider
        implements Edits<HostNameResource>,
                Inspects<HostNameResource>,
                Undoes<HostNameResource>,
                FirstBoot<HostNameResource> {
    static final Path FILE = Path.of("/etc/hostname");

    private static final Mode MODE = Mode.parse("0644");
    private static final SysctlKey KERNEL_NAME = SysctlKey.parse("kernel.hostname");

    @Override
    public Optional<HostNameResource> observe(HostNameResource desired, Host host) throws IOException {
        String atBoot = nameInFile(host).orElse("");
        Optional<String> live = Kernel.runs(host) ? Kernel.read(KERNEL_NAME, host) : Optional.empty();
        return Optional.of(new HostNameResource(desired.name(), live, Optional.of(atBoot)));
    }

    @Override
    public List<FileEdit> edits(Change<HostNameResource> change, Host host) throws IOException {
        return change.names("atBoot")
                ? TextFile.read(FILE, host)
                        .foresee(naming(change.desired().name().text()))
                        .stream()
                        .toList()
                : List.of();
    }

    @Override
    public void check(Change<HostNameResource> change, Host host) throws IOException, InterruptedException {
        List<String> declared =
                DeclaredResources.names("hostName", change.desired().name().text(), host);
        if (declared.size() > 1) {
            throw new ResourceFailure(
                    "A host has one name, and the manifest declares " + String.join(" and ", declared) + ".",
                    "Declare one of them for this host.");
        }
        if (change.names("live")) {
            requireNameable(change.desired().name().text(), host);
        }
        if (change.names("atBoot")) {
            Writable.requireParent(FILE, host);
            Writable.requireReplaceable(FILE, host);
        }
    }

    @Override
    public void apply(Change<HostNameResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        String name = change.desired().name().text();
        if (change.names("atBoot")) {
            TextFile.edit(FILE, host, MODE, naming(name));
        }
        if (change.names("live")) {
            nameKernel(name, host);
        }
    }

    private static void requireNameable(String name, Host host) throws IOException, InterruptedException {
        if (Kernel.isSealed(KERNEL_NAME, host)) {
            host.commands().check(hostname(name));
        } else {
            Kernel.requireWritable(KERNEL_NAME, host);
        }
    }

    /** A container has a name of its own, which sethostname(2) takes, though it may not write below /proc/sys. */
    private static void nameKernel(String name, Host host) throws IOException, InterruptedException {
        if (!Kernel.isSealed(KERNEL_NAME, host)) {
            Kernel.write(KERNEL_NAME, name, host);
            return;
        }
        CommandResult result = host.commands().run(hostname(name));
        if (!result.succeeded()) {
            throw new ResourceFailure(
                    "The kernel does not take the name " + name + " from here: " + result.lastLines(3) + ".",
                    "Name a container where it is started, such as by 'podman run --hostname'.");
        }
    }

    private static Command hostname(String name) {
        return Command.of("hostname", name);
    }

    /** Its comments stay. */
    private static UnaryOperator<String> naming(String name) {
        return text -> {
            List<String> lines = new ArrayList<>(text.lines().toList());
            int at = IntStream.range(0, lines.size())
                    .filter(i -> isName(lines.get(i)))
                    .findFirst()
                    .orElse(lines.size());
            lines.subList(at, Math.min(at + 1, lines.size())).clear();
            lines.add(at, name);
            return String.join("\n", lines) + "\n";
        };
    }

    private static Optional<String> nameInFile(Host host) throws IOException {
        return TextFile.read(FILE, host).lines().stream()
                .filter(HostNameProvider::isName)
                .findFirst()
                .map(String::strip);
    }

    private static boolean isName(String line) {
        return !line.isBlank() && !line.strip().startsWith("#");
    }

    @Override
    public List<String> names(Host host) throws IOException {
        return nameInFile(host).stream().toList();
    }

    @Override
    public Optional<HostNameResource> inspect(String name, Host host) throws IOException {
        return observe(new HostNameResource(HostName.parse(name), Optional.empty(), Optional.empty()), host);
    }

    /** The name is the resource's own, so what takes it back is another resource. */
    @Override
    public Optional<Undo> undo(Change<HostNameResource> due, Host host) {
        Optional<String> live = due.before().flatMap(HostNameResource::live).filter(name -> due.names("live"));
        if (live.isEmpty()) {
            return Optional.of(Undo.byFiles());
        }
        HostName name = HostName.parse(live.get());
        HostNameResource before = new HostNameResource(name, live, Optional.empty());
        Declared<HostNameResource> state = new Declared<>(
                new ResourceId(due.id().type(), name.text()),
                before,
                Ensure.PRESENT,
                due.declared().source(),
                Policy.none());
        return Optional.of(Undo.to(state));
    }

    @Override
    public List<Step> steps(Declared<HostNameResource> declared, Scene scene) {
        return List.of(new Step.SetHostname(declared.desired().name().text()));
    }
}
