package dev.converge.variable;

import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Writable;
import dev.converge.model.Content;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Keeps each variable in a file that exports it. */
public final class VariableProvider implements Provider<VariableResource> {
    @Override
    public Optional<VariableResource> observe(VariableResource desired, Host host) throws IOException {
        Path real = host.path(desired.file());
        if (!Stat.of(real).map(Stat::isFile).orElse(false)) {
            return Optional.empty();
        }
        String value = valueIn(Files.readString(real), desired.name());
        return Optional.of(new VariableResource(desired.name(), value, desired.folder()));
    }

    @Override
    public void check(Change<VariableResource> change, Host host) throws IOException {
        Path file = change.desired().file();
        Optional<Stat> stat = Stat.of(host.path(file));
        if (stat.isPresent() && !stat.get().isFile()) {
            throw new ResourceFailure(file + " is a " + stat.get().kind() + ", not a file.", "Move it away.");
        }
        Writable.requireParent(file, host);
    }

    @Override
    public void apply(Change<VariableResource> change, Host host) throws IOException {
        VariableResource desired = change.desired();
        Path real = host.path(desired.file());
        host.backups().keep(desired.file());
        if (change.action() == Action.DELETE) {
            Removal.of(real);
            return;
        }
        try (NewFile candidate = NewFile.beside(real, host)) {
            candidate.write(Content.of(line(desired.name(), desired.value())));
            Files.setPosixFilePermissions(candidate.path(), PosixFilePermissions.fromString("rw-r--r--"));
            candidate.place();
        }
    }

    /** Single quotes keep everything as it is; one inside ends them, stands escaped, and begins them again. */
    private static String line(VariableName name, String value) {
        return "export " + name + "='" + value.replace("'", "'\\''") + "'\n";
    }

    /** What is not written as {@link #line} does is shown whole, and differs. */
    private static String valueIn(String text, VariableName name) {
        String start = "export " + name + "='";
        boolean ours = text.startsWith(start) && text.endsWith("'\n") && text.length() >= start.length() + 2;
        return ours ? text.substring(start.length(), text.length() - 2).replace("'\\''", "'") : text;
    }
}
