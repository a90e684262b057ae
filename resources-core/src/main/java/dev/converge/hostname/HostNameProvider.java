package dev.converge.hostname;

import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Writable;
import dev.converge.model.Content;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import dev.converge.sysctl.Kernel;
import dev.converge.sysctl.SysctlKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Names the host as hostname(5) and sethostname(2) do; systemd notices both by itself. */
public final class HostNameProvider implements Provider<HostNameResource> {
    static final Path FILE = Path.of("/etc/hostname");

    private static final SysctlKey KERNEL_NAME = SysctlKey.parse("kernel.hostname");

    @Override
    public Optional<HostNameResource> observe(HostNameResource desired, Host host) throws IOException {
        Optional<String> live = Kernel.runs(host) ? Kernel.read(KERNEL_NAME, host) : Optional.empty();
        return Optional.of(new HostNameResource(desired.name(), live, Optional.of(nameInFile(host.path(FILE)))));
    }

    /** The first line that is no comment; nothing where there is none. */
    private static String nameInFile(Path real) throws IOException {
        try {
            return Files.readString(real, StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .findFirst()
                    .orElse("");
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    @Override
    public void check(Change<HostNameResource> change, Host host) throws IOException {
        if (change.names("live")) {
            Kernel.requireWritable(KERNEL_NAME, host);
        }
        if (change.names("atBoot")) {
            Writable.requireParent(FILE, host);
            Writable.requireReplaceable(FILE, host);
        }
    }

    @Override
    public void apply(Change<HostNameResource> change, Host host) throws IOException {
        check(change, host);
        String name = change.desired().name().text();
        if (change.names("atBoot")) {
            writeFile(name, host);
        }
        if (change.names("live")) {
            Kernel.write(KERNEL_NAME, name, host);
        }
    }

    private static void writeFile(String name, Host host) throws IOException {
        Path real = host.path(FILE);
        host.backups().keep(FILE);
        try (NewFile file = NewFile.beside(real)) {
            file.write(Content.of(name + "\n"));
            if (Stat.of(real).filter(Stat::isFile).isPresent()) {
                file.inherit();
            }
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));
            file.place();
        }
    }
}
