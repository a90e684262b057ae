package dev.converge.container;

import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.Removal;
import dev.converge.model.Content;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import dev.converge.service.UnitFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * Containers that systemd starts, by the unit that podman makes of a Quadlet file. The file says all of the container, so
 * that is what is compared, and whether the service runs.
 */
final class QuadletContainers implements ContainerKeeper {
    private static final Path GENERATOR = Path.of("/usr/lib/systemd/system-generators/podman-system-generator");

    /** Where systemd reads what it makes of Quadlet files. */
    private static final Path GENERATED = Path.of("/run/systemd/generator");

    private final Host host;

    QuadletContainers(Host host) {
        this.host = host;
    }

    /** A service that was not yet started anew runs by the old file. */
    @Override
    public void recover(ContainerResource desired) throws IOException, InterruptedException {
        if (!Files.isDirectory(host.path(QuadletServices.FOLDER))) {
            return;
        }
        run(desired, "daemon-reload");
        host.invalidate(QuadletServices.class);
        boolean written = read(QuadletUnit.file(desired.name())).equals(desired.unit());
        if (written && desired.running() && QuadletServices.on(host).isActive(service(desired))) {
            run(desired, "restart", service(desired));
        }
        host.invalidate(QuadletServices.class);
    }

    @Override
    public Optional<ContainerResource> observe(ContainerResource desired) throws IOException, InterruptedException {
        Optional<Content> unit = read(QuadletUnit.file(desired.name()));
        if (unit.isEmpty()) {
            return Optional.empty();
        }
        Optional<Content> variables = read(QuadletUnit.variablesFile(desired.name()));
        boolean active = QuadletServices.on(host).isActive(service(desired));
        return Optional.of(desired.observed(
                unit.get(), variables.orElseGet(() -> Content.of("")).hidden(), active));
    }

    private Optional<Content> read(String file) throws IOException {
        Path real = host.path(Path.of(file));
        return Files.isRegularFile(real) ? Optional.of(Content.of(Files.readString(real))) : Optional.empty();
    }

    private static String service(ContainerResource desired) {
        return desired.name() + ".service";
    }

    @Override
    public void check(Change<ContainerResource> change) throws IOException, InterruptedException {
        if (change.action() != Action.DELETE && !Files.exists(host.path(GENERATOR))) {
            throw new ResourceFailure(
                    "The podman of this host makes no units of Quadlet files, so systemd cannot manage the container "
                            + change.desired().name() + ": " + GENERATOR + " is missing.",
                    "It takes podman 4.4 or newer. Leave managedBy out to let the engine start the container.");
        }
        Optional<Path> other = UnitFolders.findBeyond(GENERATED, service(change.desired()), host);
        if (change.action() != Action.DELETE && other.isPresent()) {
            throw new ResourceFailure(
                    "The unit of the container " + change.desired().name() + " would be called "
                            + service(change.desired()) + ", and the host has " + other.get() + ".",
                    "Give the container another name.");
        }
    }

    @Override
    public void apply(Change<ContainerResource> change) throws IOException, InterruptedException {
        check(change);
        ContainerResource desired = change.desired();
        Path unit = Path.of(QuadletUnit.file(desired.name()));
        Path variables = Path.of(QuadletUnit.variablesFile(desired.name()));
        Optional<Content> before = read(unit.toString());
        Optional<Content> variablesBefore = read(variables.toString());
        try {
            if (change.action() == Action.DELETE) {
                remove(desired, unit, variables);
                return;
            }
            write(unit, desired.unit(), "rw-r--r--");
            write(variables, desired.unitVariables().filter(content -> content.size() > 0), "rw-------");
            run(desired, "daemon-reload");
            if (desired.running()) {
                run(desired, "restart", service(desired));
            } else {
                stop(desired);
            }
        } catch (ResourceFailure failure) {
            write(unit, before, "rw-r--r--");
            write(variables, variablesBefore, "rw-------");
            throw restored(desired, before.isPresent(), failure);
        } finally {
            host.invalidate(QuadletServices.class);
        }
    }

    private ResourceFailure restored(ContainerResource desired, boolean ran, ResourceFailure failure)
            throws IOException, InterruptedException {
        try {
            run(desired, "daemon-reload");
            if (ran && desired.running()) {
                run(desired, "restart", service(desired));
            }
            return failure;
        } catch (ResourceFailure worse) {
            return new ResourceFailure(
                    failure.getMessage() + "\nThe old unit is back, and does not start either: " + worse.getMessage(),
                    failure.advice().orElse(""));
        }
    }

    private void remove(ContainerResource desired, Path unit, Path variables) throws IOException, InterruptedException {
        stop(desired);
        write(unit, Optional.empty(), "");
        write(variables, Optional.empty(), "");
        run(desired, "daemon-reload");
    }

    /** systemctl fails to stop what it has never loaded. */
    private void stop(ContainerResource desired) throws IOException, InterruptedException {
        if (QuadletServices.on(host).isActive(service(desired))) {
            run(desired, "stop", service(desired));
        }
    }

    private void write(Path file, Optional<Content> content, String mode) throws IOException {
        Path real = host.path(file);
        host.backups().keep(file);
        if (content.isEmpty()) {
            Removal.of(real);
            return;
        }
        if (!Files.isDirectory(real.getParent())) {
            host.backups().keep(file.getParent());
            Files.createDirectories(real.getParent());
        }
        try (NewFile candidate = NewFile.beside(real, host)) {
            Files.setPosixFilePermissions(candidate.path(), PosixFilePermissions.fromString(mode));
            candidate.write(content.get());
            candidate.place();
        }
    }

    @Override
    public void restart(ContainerResource desired) throws IOException, InterruptedException {
        run(desired, "restart", service(desired));
    }

    private void run(ContainerResource desired, String... words) throws IOException, InterruptedException {
        String[] argv = new String[words.length + 1];
        argv[0] = "systemctl";
        System.arraycopy(words, 0, argv, 1, words.length);
        Duration limit = desired.pullTimeout().plus(desired.stopTimeout()).plusMinutes(2);
        CommandResult result = host.commands().run(Command.of(argv).timeout(limit));
        if (result.succeeded()) {
            return;
        }
        String journal = host.commands()
                .run(Command.of(
                        "journalctl", "--unit", service(desired), "--lines", "10", "--no-pager", "--output", "cat"))
                .lastLines(10);
        throw new ResourceFailure(
                String.join(" ", argv) + " failed: " + result.lastLines(3) + "\nThe journal's last lines:\n" + journal,
                "See what podman-systemd.unit(5) makes of " + QuadletUnit.file(desired.name()) + ".");
    }
}
