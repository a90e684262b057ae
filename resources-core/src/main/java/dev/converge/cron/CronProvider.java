package dev.converge.cron;

import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Writable;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Edits;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Keeps each job in a file that cron(8) finds by itself. */
public final class CronProvider implements Edits<CronResource>, Inspects<CronResource>, FirstBoot<CronResource> {
    @Override
    public Optional<CronResource> observe(CronResource desired, Host host) throws IOException {
        return state(desired.name(), desired.isSensitive(), host);
    }

    private static Optional<CronResource> state(CronName name, boolean hidden, Host host) throws IOException {
        Path real = host.path(name.file());
        Optional<Stat> stat = Stat.of(real);
        if (stat.isEmpty()) {
            return Optional.empty();
        }
        CronText text = CronText.read(stat.get().isFile() ? read(real) : "");
        return Optional.of(new CronState(text, stat.get(), hidden).resource(name));
    }

    private static String read(Path real) throws IOException {
        byte[] bytes = Files.readAllBytes(real);
        return Content.decode(bytes).orElse("");
    }

    @Override
    public void check(Change<CronResource> change, Host host) throws IOException, InterruptedException {
        CronResource desired = change.desired();
        if (!Files.isDirectory(host.path(CronName.FOLDER))) {
            throw new ResourceFailure(
                    "There is no folder " + CronName.FOLDER + " on this host, so no cron that reads it.",
                    "Declare pkg 'cron' (Fedora: 'cronie').");
        }
        Path file = desired.name().file();
        Optional<Stat> stat = Stat.of(host.path(file));
        if (stat.isPresent() && !stat.get().isFile()) {
            throw new ResourceFailure(file + " is a " + stat.get().kind() + ", not a file.", "Move it away.");
        }
        Writable.requireParent(file, host);
        Writable.requireReplaceable(file, host);
        if (change.action() == Action.DELETE) {
            return;
        }
        if (desired.command().reveal().isEmpty()) {
            throw new ResourceFailure("The job " + desired.name() + " has nothing to run.", "Give it a command.");
        }
        Owners.of(host).uid(desired.user());
    }

    @Override
    public List<FileEdit> edits(Change<CronResource> change, Host host) throws IOException {
        CronResource desired = change.desired();
        Path file = desired.name().file();
        Path real = host.path(file);
        Optional<Content> before =
                Stat.of(real).filter(Stat::isFile).isPresent() ? Optional.of(Content.of(read(real))) : Optional.empty();
        Optional<Content> after =
                change.action() == Action.DELETE ? Optional.empty() : Optional.of(Content.of(CronText.of(desired)));
        FileEdit edit = new FileEdit(file, before, after);
        return List.of(desired.isSensitive() ? edit.hidden() : edit);
    }

    @Override
    public void apply(Change<CronResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        CronResource desired = change.desired();
        Path real = host.path(desired.name().file());
        host.backups().keep(desired.name().file());
        if (change.action() == Action.DELETE) {
            Removal.of(real);
            return;
        }
        int mode = desired.mode().orElseThrow().bits();
        try (NewFile candidate = NewFile.beside(real, host)) {
            candidate.write(Content.of(CronText.of(desired)));
            candidate.own(new Ownership(OptionalInt.of(0), OptionalInt.of(0), OptionalInt.of(mode)));
            candidate.place();
        }
    }

    /** The jobs that Converge keeps; those of packages and users are theirs. */
    @Override
    public List<String> names(Host host) throws IOException {
        Path folder = host.path(CronName.FOLDER);
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, CronName.PREFIX + "*")) {
                files.forEach(file -> names.add(file.getFileName().toString().substring(CronName.PREFIX.length())));
            }
        }
        names.removeIf(name -> !name.matches("[A-Za-z0-9_-]+"));
        Collections.sort(names);
        return names;
    }

    @Override
    public Optional<CronResource> inspect(String name, Host host) throws IOException {
        Optional<CronResource> open = state(CronName.parse(name), false, host);
        boolean secret = open.flatMap(CronResource::mode)
                .filter(mode -> (mode.bits() & 044) == 0)
                .isPresent();
        return secret ? state(CronName.parse(name), true, host) : open;
    }

    @Override
    public List<Step> steps(Declared<CronResource> declared, Scene scene) {
        return CronFirstBoot.steps(declared);
    }
}
