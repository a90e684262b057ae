package dev.converge.timezone;

import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.NewLink;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Writable;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.provider.Change;
import dev.converge.provider.DeclaredResources;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sets the zone as localtime(5) has it, in one step each: no program ever finds the host without a zone. */
public final class TimezoneProvider
        implements Undoes<TimezoneResource>, Inspects<TimezoneResource>, FirstBoot<TimezoneResource> {
    static final Path LINK = Path.of("/etc/localtime");
    static final Path NAME = Path.of("/etc/timezone");
    private static final String IN_DATABASE = "zoneinfo/";

    @Override
    public Optional<TimezoneResource> observe(TimezoneResource desired, Host host) throws IOException {
        Path name = host.path(NAME);
        Optional<String> named = Stat.of(name).filter(Stat::isFile).isPresent()
                ? Optional.of(
                        Files.readString(name, StandardCharsets.ISO_8859_1).strip())
                : Optional.empty();
        return Optional.of(new TimezoneResource(desired.zone(), Optional.of(zoneOf(host.path(LINK))), named));
    }

    private static String zoneOf(Path link) throws IOException {
        Optional<Stat> found = Stat.of(link);
        if (found.isEmpty()) {
            return "none";
        }
        if (!found.get().isLink()) {
            return "a " + found.get().kind() + " instead of a link";
        }
        String target = Files.readSymbolicLink(link).toString();
        int zone = target.indexOf(IN_DATABASE);
        return zone < 0 ? target : target.substring(zone + IN_DATABASE.length());
    }

    @Override
    public void check(Change<TimezoneResource> change, Host host) throws IOException, InterruptedException {
        Zone zone = change.desired().zone();
        List<String> declared = DeclaredResources.names("timezone", zone.text(), host);
        if (declared.size() > 1) {
            throw new ResourceFailure(
                    "A host has one time zone, and the manifest declares " + String.join(" and ", declared) + ".",
                    "Declare one of them for this host.");
        }
        if (!Files.isRegularFile(host.path(zone.file()))) {
            throw unknown(zone, host);
        }
        if (Stat.of(host.path(LINK)).filter(Stat::isDirectory).isPresent()) {
            throw new ResourceFailure(LINK + " is a directory.", "Move it away.");
        }
        Writable.requireParent(LINK, host);
        Writable.requireReplaceable(NAME, host);
    }

    private static ResourceFailure unknown(Zone zone, Host host) {
        if (!Files.isDirectory(host.path(Zone.database()))) {
            return new ResourceFailure(
                    "The host knows no time zones: it has no " + Zone.database() + ".", "Declare pkg 'tzdata'.");
        }
        return new ResourceFailure(
                "The host knows no time zone \"" + zone + "\".",
                zone.nearest()
                        .orElse("'timedatectl list-timezones' lists those it knows; newer ones come with tzdata."));
    }

    @Override
    public void apply(Change<TimezoneResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        Zone zone = change.desired().zone();
        if (change.names("localtime")) {
            host.backups().keep(LINK);
            Path target = LINK.getParent().relativize(zone.file());
            Ownership owner = new Ownership(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
            NewLink.place(host.path(LINK), target, owner, host);
        }
        if (change.names("name")) {
            writeName(zone, host);
        }
    }

    private static void writeName(Zone zone, Host host) throws IOException {
        host.backups().keep(NAME);
        try (NewFile file = NewFile.beside(host.path(NAME), host)) {
            file.write(Content.of(zone + "\n"));
            file.inherit();
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));
            file.place();
        }
    }

    @Override
    public List<String> names(Host host) throws IOException {
        String zone = zoneOf(host.path(LINK));
        return Files.isRegularFile(host.path(Zone.database().resolve(zone))) ? List.of(zone) : List.of();
    }

    @Override
    public Optional<TimezoneResource> inspect(String name, Host host) throws IOException {
        return observe(new TimezoneResource(Zone.parse(name), Optional.empty(), Optional.empty()), host);
    }

    @Override
    public Optional<Undo> undo(Change<TimezoneResource> due, Host host) {
        return Optional.of(Undo.byFiles());
    }

    @Override
    public List<Step> steps(Declared<TimezoneResource> declared, Scene scene) {
        return List.of(new Step.SetTimezone(declared.desired().zone().text()));
    }
}
