package dev.converge.service;

import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.model.WrittenContent;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A unit file of systemd, or a drop-in that changes a few settings of another one, as text or by its sections.
 * {@code systemd-analyze verify} must have nothing against it before it takes its place, and what it replaces is kept.
 * systemd reads its units anew once after all units of a run have changed. A declared service of that name comes after
 * it by itself; to restart the service when the unit changes, let the unit notify it. {@code ensure 'absent'} stops and
 * disables a unit that has no other file before its file is removed; the removal of a drop-in stops nothing.
 *
 * @param name the unit's name with its kind, such as {@code app.service} or {@code app@.service}; for a drop-in its
 *     path below the folder, such as {@code nginx.service.d/limits}
 * @param content its whole text; what follows writes it by sections instead
 * @param unit settings of the section [Unit], as in {@code unit Description: 'The shop', After: 'network.target'}. A list
 *     gives a setting several times, an empty text takes back what the unit's own file gives
 * @param service settings of the section [Service]. Every account of the host may read them: hand secrets over in files
 * @param socket settings of the section [Socket]
 * @param timer settings of the section [Timer]
 * @param path settings of the section [Path]
 * @param mount settings of the section [Mount]
 * @param install settings of the section [Install]: what starts it once it is enabled
 * @param folder where the file is; {@code /etc/systemd/user} for units of every user's own systemd
 * @param verify whether systemd must accept it first
 */
@ResourceType(name = "unit", provider = UnitProvider.class, example = """
                unit('shop.service') {
                    unit Description: 'The shop', After: 'network.target'
                    service ExecStart: '/opt/shop/bin/shop', User: 'shop', Environment: ['LANG=C.UTF-8', 'PORT=8080']
                    install WantedBy: 'multi-user.target'
                }
                """)
public record UnitResource(
        @Id
        @AutoRequire(
                value = {"timer", "service"},
                before = true)
        UnitFileName name,

        Optional<Content> content,
        @Parameter Map<String, UnitSetting> unit,
        @Parameter Map<String, UnitSetting> service,
        @Parameter Map<String, UnitSetting> socket,
        @Parameter Map<String, UnitSetting> timer,
        @Parameter Map<String, UnitSetting> path,
        @Parameter Map<String, UnitSetting> mount,
        @Parameter Map<String, UnitSetting> install,

        @Parameter @Default("/etc/systemd/system") @AutoRequire("directory")
        Path folder,

        @Parameter @Default("true") boolean verify)
        implements Resource, KeptInFiles {
    /** @throws InvalidValueException when it is given both as text and by its sections */
    public UnitResource {
        String sections = new UnitText()
                .section("Unit", unit)
                .section("Service", service)
                .section("Socket", socket)
                .section("Timer", timer)
                .section("Path", path)
                .section("Mount", mount)
                .section("Install", install)
                .toString();
        if (!sections.isEmpty()) {
            Content written = Content.of(sections);
            boolean both = content.filter(WrittenContent.class::isInstance)
                    .filter(text -> !written.satisfiedBy(text))
                    .isPresent();
            if (both) {
                throw new InvalidValueException(
                        "A unit is given either as content or by its sections, and both are given.",
                        "Leave one of them out.");
            }
            content = content.or(() -> Optional.of(written));
        }
    }

    /** A unit of the host's own, with the whole text of its file. */
    static UnitResource of(UnitFileName name, Content text) {
        Map<String, UnitSetting> none = Map.of();
        return new UnitResource(
                name, Optional.of(text), none, none, none, none, none, none, none, UnitFolders.ETC, true);
    }

    /** Its path, as the host sees it. */
    Path file() {
        return name.in(folder);
    }

    /** The unit with what is on the host. */
    UnitResource observed(Content seen) {
        return new UnitResource(
                name, Optional.of(seen), unit, service, socket, timer, path, mount, install, folder, verify);
    }

    @Override
    public List<Path> files() {
        return List.of(file());
    }

    @Override
    public List<Path> wholeFiles() {
        return files();
    }
}
