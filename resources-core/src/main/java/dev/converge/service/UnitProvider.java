package dev.converge.service;

import dev.converge.filesystem.FileContent;
import dev.converge.model.Content;
import dev.converge.model.ResourceId;
import dev.converge.provider.Action;
import dev.converge.provider.BatchProvider;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps unit files, and lets systemd read them once all have changed. */
public final class UnitProvider implements BatchProvider<UnitResource> {
    @Override
    public Optional<UnitResource> observe(UnitResource desired, Host host) throws IOException {
        boolean sensitive = desired.content().filter(Content::isSensitive).isPresent();
        return new UnitFile(desired.file(), host).read(sensitive).map(desired::observed);
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
        try {
            for (Change<UnitResource> change : changes) {
                try {
                    apply(change, units, host);
                } catch (ResourceFailure e) {
                    failures.put(change.id(), e);
                }
            }
        } finally {
            units.reload();
        }
        return failures;
    }

    private static void apply(Change<UnitResource> change, SystemdUnits units, Host host)
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
            Content wanted = desired.content().orElseThrow();
            if (desired.verify()) {
                verify(desired, wanted, host);
            }
            remember(change);
            file.write(wanted);
        }
        units.changed();
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
    private static void verify(UnitResource desired, Content wanted, Host host)
            throws IOException, InterruptedException {
        String unit = desired.name().unit();
        Map<String, Content> files = new LinkedHashMap<>();
        files.put(desired.name().toString(), wanted);
        if (desired.name().dropIn().isPresent()) {
            Optional<Path> own = UnitFolders.find(unit, host);
            if (own.isEmpty() || !Files.isRegularFile(host.path(own.get()))) {
                return;
            }
            files.put(unit, FileContent.from(host.path(own.get())));
        }
        UnitVerification.require(unit, files, host);
    }
}
