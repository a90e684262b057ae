package dev.converge.disk;

import dev.converge.filesystem.Stat;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes file systems by mkfs(8) where there is nothing; what is there is only read. */
public final class FilesystemProvider implements Provider<FilesystemResource>, FirstBoot<FilesystemResource> {
    /** A large disk takes its time. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    @Override
    public Optional<FilesystemResource> observe(FilesystemResource desired, Host host)
            throws IOException, InterruptedException {
        if (Stat.of(host.path(desired.device())).isEmpty()) {
            return Optional.empty();
        }
        Signature found = Signature.of(desired.device(), host);
        if (found.isNothing()) {
            return Optional.empty();
        }
        Optional<FilesystemKind> type = Arrays.stream(FilesystemKind.values())
                .filter(known -> known.word().equals(found.type()))
                .findFirst();
        if (type.filter(desired.type()::equals).isEmpty()) {
            throw occupied(desired, found.shown());
        }
        return Optional.of(new FilesystemResource(
                desired.device(),
                type.get(),
                desired.label().map(any -> found.label()).filter(label -> !label.isEmpty())));
    }

    private static ResourceFailure occupied(FilesystemResource desired, String found) {
        return new ResourceFailure(
                desired.device() + " holds " + found + ", not " + desired.type().word() + ", and is left as it is.",
                "Is it the right device? If nothing on it is needed, empty it by hand with 'wipefs --all "
                        + desired.device() + "'; else declare what is there.");
    }

    @Override
    public void check(Change<FilesystemResource> change, Host host) throws IOException, InterruptedException {
        FilesystemResource desired = change.desired();
        if (change.action() != Action.CREATE) {
            throw new ResourceFailure(
                    desired.device() + " has another label than \""
                            + desired.label().orElse("") + "\", and is left as it is.",
                    "Declare the label that 'blkid " + desired.device() + "' shows, or change it by hand.");
        }
        Optional<Stat> stat = Stat.of(host.path(desired.device()));
        if (stat.isEmpty()) {
            throw new ResourceFailure(
                    "There is no " + desired.device() + ".", "'lsblk' lists the devices of the machine.");
        }
        if (stat.get().isDirectory()) {
            throw new ResourceFailure(desired.device() + " is a directory.", "Name a device or a file.");
        }
        host.commands().check(Command.of("mkfs." + desired.type().word()));
    }

    @Override
    public void apply(Change<FilesystemResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        FilesystemResource desired = change.desired();
        Signature now = Signature.of(desired.device(), host); // it may have got one since
        if (!now.isNothing()) {
            throw occupied(desired, now.shown());
        }
        List<String> words = desired.type().command(desired.device().toString(), desired.label());
        CommandResult result = host.commands().run(Command.of(words).timeout(LONGEST));
        if (!result.succeeded()) {
            throw new ResourceFailure(words.get(0) + " failed: " + result.lastLines(3));
        }
    }

    @Override
    public List<Step> steps(Declared<FilesystemResource> declared, Scene scene) {
        FilesystemResource desired = declared.desired();
        return List.of(
                new Step.FormatDisk(desired.device().toString(), desired.type().word(), desired.label()));
    }
}
