package dev.converge.hosts;

import dev.converge.filesystem.TextFile;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.provider.Host;
import dev.converge.textedit.FilePart;
import dev.converge.textedit.FilePartProvider;
import dev.converge.textedit.Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keeps single entries of hosts(5). */
public final class HostsEntryProvider extends FilePartProvider<HostsEntryResource>
        implements FirstBoot<HostsEntryResource> {
    private static final Path FILE = Path.of("/etc/hosts");

    @Override
    protected FilePart<HostsEntryResource> part(HostsEntryResource desired) {
        return new HostsPart(desired);
    }

    @Override
    protected HostsEntryResource named(String name) {
        return new HostsEntryResource(
                HostsName.parse(name), Optional.empty(), Optional.empty(), Optional.empty(), "none", FILE);
    }

    /** The canonical names of the file. */
    @Override
    public List<String> names(Host host) throws IOException {
        return HostsPart.entries(Lines.of(TextFile.read(FILE, host).text())).stream()
                .map(HostsLine::canonicalName)
                .distinct()
                .sorted()
                .toList();
    }

    /** An alias alone is no entry. */
    @Override
    public Optional<HostsEntryResource> inspect(String name, Host host) throws IOException {
        boolean known = names(host).stream().anyMatch(HostsName.parse(name)::isSame);
        return known ? super.inspect(name, host).map(HostsEntryResource::withoutEmpty) : Optional.empty();
    }

    @Override
    public List<Step> steps(Declared<HostsEntryResource> declared, Scene scene) {
        return HostsEntryFirstBoot.steps(declared);
    }
}
