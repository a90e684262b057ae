package dev.converge.target;

import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.AddGroup;
import dev.converge.firstboot.Step.AddRepository;
import dev.converge.firstboot.Step.AuthorizeKey;
import dev.converge.firstboot.Step.ContainerCommand;
import dev.converge.firstboot.Step.FormatDisk;
import dev.converge.firstboot.Step.InstallPackage;
import dev.converge.firstboot.Step.KeepKeys;
import dev.converge.firstboot.Step.MakeFolder;
import dev.converge.firstboot.Step.MakeLink;
import dev.converge.firstboot.Step.Mount;
import dev.converge.firstboot.Step.RefreshUnit;
import dev.converge.firstboot.Step.Remove;
import dev.converge.firstboot.Step.RemoveAccount;
import dev.converge.firstboot.Step.RemovePackage;
import dev.converge.firstboot.Step.Say;
import dev.converge.firstboot.Step.SetSysctl;
import dev.converge.firstboot.Step.SetUnit;
import dev.converge.model.Content;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Steps as lines of sh(1), written with the functions of {@link Prelude}. */
final class ShellSteps {
    private static final Path SOURCES = Path.of("/etc/apt/sources.list.d");
    private static final Path KEYRINGS = Path.of("/etc/apt/keyrings");

    private static final Map<Class<? extends Step>, Function<Step, List<String>>> FORMS = Map.ofEntries(
            form(Step.WriteFile.class, ShellFiles::of),
            form(Step.RewriteFile.class, ShellFiles::of),
            form(MakeFolder.class, ShellSteps::folder),
            form(MakeLink.class, ShellSteps::link),
            form(Remove.class, step -> List.of("remove " + word(step.path()) + (step.whole() ? " whole" : ""))),
            form(AddGroup.class, ShellSteps::group),
            form(Step.AddUser.class, ShellAccounts::of),
            form(RemoveAccount.class, ShellSteps::removal),
            form(AuthorizeKey.class, step -> List.of("authorize " + Quoted.words(List.of(step.user(), step.line())))),
            form(
                    KeepKeys.class,
                    step -> List.of(("keep_keys " + Quoted.word(step.user()) + " " + Quoted.words(step.keys()))
                            .stripTrailing())),
            form(AddRepository.class, ShellSteps::repository),
            form(InstallPackage.class, ShellSteps::install),
            form(
                    RemovePackage.class,
                    step -> List.of(
                            "remove_package " + Quoted.word(step.name()) + (step.purge() ? " purge" : " remove"))),
            form(Step.SetHostname.class, step -> List.of("host_name " + Quoted.word(step.name()))),
            form(Step.SetTimezone.class, step -> List.of("time_zone " + Quoted.word(step.zone()))),
            form(SetSysctl.class, ShellSteps::sysctl),
            form(FormatDisk.class, ShellSteps::format),
            form(Mount.class, ShellMounts::of),
            form(Step.ReloadUnits.class, step -> List.of("reload_units")),
            form(SetUnit.class, ShellSteps::unit),
            form(
                    RefreshUnit.class,
                    step -> List.of("refresh " + Quoted.word(step.unit()) + (step.reload() ? " reload" : " restart"))),
            form(Step.RunContainer.class, ShellContainers::of),
            form(ContainerCommand.class, ShellContainers::of),
            form(Step.RunCommand.class, ShellCommands::of),
            form(
                    Say.class,
                    step -> List.of(
                            "printf '%s\\n' " + Quoted.always(step.message().reveal()))));

    private ShellSteps() {}

    /** The lines of a step; each is a whole command or begins one. */
    static List<String> of(Step step) {
        return FORMS.get(step.getClass()).apply(step);
    }

    private static <S extends Step> Map.Entry<Class<? extends Step>, Function<Step, List<String>>> form(
            Class<S> type, Function<S, List<String>> lines) {
        return Map.entry(type, step -> lines.apply(type.cast(step)));
    }

    static String word(Path path) {
        return Quoted.word(path.toString());
    }

    /** What is not said stays as it is. */
    static Optional<String> own(Path path, Ownership ownership, boolean folder) {
        if (ownership.equals(Ownership.UNSAID)) {
            return Optional.empty();
        }
        String mode =
                ownership.mode().map(wish -> ShellFiles.mode(wish, folder)).orElse("");
        return Optional.of(
                "own " + word(path) + " " + Quoted.always(ownership.owner().orElse("")) + " "
                        + Quoted.always(ownership.group().orElse("")) + " " + Quoted.always(mode));
    }

    private static List<String> folder(MakeFolder step) {
        List<String> lines = new ArrayList<>();
        lines.add((step.parents() ? "folders " : "folder ") + word(step.path()));
        own(step.path(), step.ownership(), true).ifPresent(lines::add);
        return lines;
    }

    private static List<String> link(MakeLink step) {
        List<String> lines = new ArrayList<>();
        lines.add("make_link " + word(step.path()) + " " + Quoted.word(step.target()));
        Ownership ownership = step.ownership();
        if (ownership.owner().isPresent() || ownership.group().isPresent()) {
            lines.add("own_link " + word(step.path()) + " "
                    + Quoted.always(ownership.owner().orElse("")) + " "
                    + Quoted.always(ownership.group().orElse("")));
        }
        return lines;
    }

    private static List<String> group(AddGroup step) {
        List<String> lines = new ArrayList<>();
        String name = Quoted.word(step.name());
        String gid = step.gid().map(number -> " --gid " + number).orElse("");
        lines.add("add_group " + name + (step.system() ? " --system" : "") + gid);
        step.gid().ifPresent(number -> lines.add("group_id " + name + " " + number));
        for (String user : step.members()) {
            // Who is made later enters the group by itself.
            lines.add("! has_user " + Quoted.word(user) + " || member " + Quoted.word(user) + " " + name);
        }
        return lines;
    }

    private static List<String> removal(RemoveAccount step) {
        String name = Quoted.word(step.name());
        String kind = step.group() ? "group" : "user";
        return List.of("if has_" + kind + " " + name + "; then", kind + "del " + name, "changed=yes", "fi");
    }

    private static List<String> repository(AddRepository step) {
        List<String> lines = new ArrayList<>();
        step.key().ifPresent(key -> {
            boolean armored = Content.decode(key.bytes()).isPresent();
            Path file = KEYRINGS.resolve(step.name() + (armored ? ".asc" : ".gpg"));
            lines.add("folder " + word(KEYRINGS));
            lines.addAll(ShellFiles.put(file, key));
        });
        lines.addAll(ShellFiles.put(SOURCES.resolve(step.name() + ".sources"), Content.of(step.sources())));
        return lines;
    }

    private static List<String> install(InstallPackage step) {
        List<String> lines = new ArrayList<>();
        String name = Quoted.word(step.name());
        String recommends = step.recommends()
                .map(wanted -> wanted ? " --install-recommends" : " --no-install-recommends")
                .orElse("");
        lines.add("install_package " + name + " " + Quoted.always(step.version().orElse("")) + recommends);
        if (step.hold()) {
            lines.add("hold_package " + name + " yes");
        }
        return lines;
    }

    private static List<String> sysctl(SetSysctl step) {
        List<String> lines = new ArrayList<>(ShellFiles.put(step.file(), Content.of(step.text())));
        lines.add("kernel_setting " + Quoted.word("/proc/sys/" + kernelPath(step.key())) + " "
                + Quoted.always(step.value()));
        return lines;
    }

    /** With slashes, a dot is a part's own; else dots and slashes change places: sysctl.d(5). */
    static String kernelPath(String key) {
        int dot = key.indexOf('.');
        int slash = key.indexOf('/');
        if (slash >= 0 && (dot < 0 || slash < dot)) {
            return key;
        }
        return key.replace('/', '\0').replace('.', '/').replace('\0', '.');
    }

    private static List<String> format(FormatDisk step) {
        String label = step.label().map(text -> " " + Quoted.word(text)).orElse("");
        return List.of("format_disk " + Quoted.word(step.device()) + " " + Quoted.word(step.type()) + label);
    }

    private static List<String> unit(SetUnit step) {
        List<String> lines = new ArrayList<>();
        String unit = Quoted.word(step.unit());
        step.masked().filter(mask -> !mask).ifPresent(mask -> lines.add("masked " + unit + " no"));
        step.enabled().filter(on -> !on).ifPresent(on -> lines.add("enabled " + unit + " no"));
        step.running().filter(on -> !on).ifPresent(on -> lines.add("running " + unit + " no"));
        step.masked().filter(mask -> mask).ifPresent(mask -> lines.add("masked " + unit + " yes"));
        step.enabled().filter(on -> on).ifPresent(on -> lines.add("enabled " + unit + " yes"));
        step.running().filter(on -> on).ifPresent(on -> lines.add("running " + unit + " yes"));
        return lines;
    }
}
