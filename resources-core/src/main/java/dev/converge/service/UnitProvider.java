package dev.converge.service;

import dev.converge.filesystem.FileContent;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.ResourceId;
import dev.converge.provider.Action;
import dev.converge.provider.BatchProvider;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Recovers;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps unit files, and lets systemd read them once all have changed. */
public final class UnitProvider
        implements BatchProvider<UnitResource>,
                Inspects<UnitResource>,
                Recovers<UnitResource>,
                Undoes<UnitResource>,
                FirstBoot<UnitResource> {
    @Override
    public Optional<UnitResource> observe(UnitResource desired, Host host) throws IOException {
        boolean sensitive = desired.content().filter(Content::isSensitive).isPresent();
        return new UnitFile(desired.file(), host).read(sensitive).map(desired::observed);
    }

    /** A file that is as it should be says nothing of what systemd has read. */
    @Override
    public void recover(UnitResource desired, Host host) throws IOException, InterruptedException {
        UnitsAnew.read(host);
    }

    @Override
    public void check(Change<UnitResource> change, Host host) throws IOException {
        SystemdUnits.systemctl(host);
        new UnitFile(change.desired().file(), host).requireWritable();
        if (change.action() == Action.CREATE && change.desired().content().isEmpty()) {
            throw new ResourceFailure(
                    "There is no unit file " + change.desired().file()
                            + ", and the manifest does not say what is in it.",
                    "Give content, or sections such as service ExecStart: '/opt/app/bin/app'.");
        }
    }

    @Override
    public Map<ResourceId, ResourceFailure> applyAll(List<Change<UnitResource>> changes, Host host)
            throws IOException, InterruptedException {
        Map<ResourceId, ResourceFailure> failures = new HashMap<>();
        SystemdUnits units = new SystemdUnits(host);
        UnitVerification verification = UnitVerification.of(toVerify(changes, host), host);
        try {
            for (Change<UnitResource> change : changes) {
                try {
                    apply(change, verification, units, host);
                } catch (ResourceFailure e) {
                    failures.put(change.id(), e);
                }
            }
        } finally {
            units.reload();
        }
        return failures;
    }

    private static void apply(Change<UnitResource> change, UnitVerification verification, SystemdUnits units, Host host)
            throws IOException, InterruptedException {
        UnitResource desired = change.desired();
        UnitFile file = new UnitFile(desired.file(), host);
        boolean own = desired.name().dropIn().isEmpty();
        if (change.action() == Action.DELETE) {
            boolean last = own
                    && UnitFolders.findBeyond(desired.folder(), desired.name().unit(), host)
                            .isEmpty();
            if (last && desired.folder().equals(UnitFolders.ETC)) {
                units.retire(desired.name().unit());
            }
            file.remove();
        } else {
            if (desired.verify()) {
                require(desired.name(), verification);
            }
            remember(change);
            file.write(desired.content().orElseThrow());
        }
        units.changed();
    }

    @Override
    public Optional<Undo> undo(Change<UnitResource> due, Host host) throws IOException, InterruptedException {
        return UnitUndo.of(due, host);
    }

    private static void require(UnitFileName name, UnitVerification verification) {
        if (name.dropIn().isPresent()) {
            verification.requireDropIn(name);
        } else {
            verification.requireUnits(List.of(name.unit()));
        }
    }

    /** The administrator's own units and drop-ins. */
    @Override
    public List<String> names(Host host) throws IOException {
        return UnitFolders.files(UnitFolders.ETC, host);
    }

    @Override
    public Optional<UnitResource> inspect(String name, Host host) throws IOException {
        UnitFileName unit = UnitFileName.parse(name);
        return new UnitFile(unit.in(UnitFolders.ETC), host).read(false).map(content -> UnitResource.of(unit, content));
    }

    /** Reports are made after the file was replaced. */
    private static void remember(Change<UnitResource> change) {
        change.before().flatMap(UnitResource::content).ifPresent(before -> {
            if (before instanceof FileContent file) {
                file.remember();
            }
        });
    }

    /** A drop-in is looked at together with the unit's own file; of a unit that is still to come it cannot be. */
    private static Map<String, Content> toVerify(List<Change<UnitResource>> changes, Host host) {
        Map<String, Content> files = new LinkedHashMap<>();
        for (Change<UnitResource> change : changes) {
            UnitResource desired = change.desired();
            if (change.action() != Action.DELETE
                    && desired.verify()
                    && desired.content().isPresent()) {
                files.put(desired.name().toString(), desired.content().get());
            }
        }
        for (Change<UnitResource> change : changes) {
            UnitFileName name = change.desired().name();
            Optional<Path> own = UnitFolders.find(name.unit(), host).map(host::path);
            if (files.containsKey(name.toString())
                    && own.filter(Files::isRegularFile).isPresent()) {
                files.putIfAbsent(name.unit(), FileContent.from(own.get()));
            }
        }
        return files;
    }

    @Override
    public List<Step> steps(Declared<UnitResource> declared, Scene scene) {
        return UnitFirstBoot.steps(declared);
    }
}
