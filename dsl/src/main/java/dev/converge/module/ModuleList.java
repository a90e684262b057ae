package dev.converge.module;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.InvalidValueException;
import dev.converge.yaml.YamlMap;
import dev.converge.yaml.YamlMap.Text;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The modules that a site's {@code converge.modules.yaml} lists.
 *
 * @param wanted in the order of the file
 */
public record ModuleList(List<Wanted> wanted) {
    /** Where a site lists its modules. */
    public static final String FILE = "converge.modules.yaml";

    private static final List<String> LOGIN = List.of("sshKey", "knownHosts", "username", "passwordFile", "caFile");
    private static final List<String> KEYS =
            List.of("git", "version", "ref", "path", "sshKey", "knownHosts", "username", "passwordFile", "caFile");
    private static final String HOME = "~/";

    static final ModuleList NONE = new ModuleList(List.of());

    public ModuleList {
        wanted = List.copyOf(wanted);
    }

    /**
     * One entry.
     *
     * @param at where its name is written
     */
    public record Wanted(String name, ModuleSource source, SourceRange at) {}

    static ModuleList read(Path site, String text, Consumer<Diagnostic> problems) {
        Optional<YamlMap> modules = YamlMap.read(FILE, text, Code.MODULE, problems)
                .flatMap(file -> file.allow("modules").map("modules"));
        if (modules.isEmpty()) {
            return NONE;
        }
        List<Wanted> wanted = new ArrayList<>();
        for (String name : modules.get().keys()) {
            SourceRange at = modules.get().at(name);
            modules.get()
                    .parsed(Optional.of(new Text(name, at)), ModuleName::parse)
                    .flatMap(ignored -> source(site, modules.get(), name))
                    .ifPresent(source -> wanted.add(new Wanted(name, source, at)));
        }
        return new ModuleList(wanted);
    }

    private static Optional<ModuleSource> source(Path site, YamlMap modules, String name) {
        Optional<YamlMap> given = modules.map(name);
        if (given.isEmpty()) {
            return modules.isNothing(name) ? Optional.of(new ModuleSource.Shipped()) : Optional.empty();
        }
        YamlMap yaml = given.get().allow(KEYS);
        if (yaml.has("path") == yaml.has("git")) {
            yaml.problem(
                    modules.at(name),
                    "Bad source",
                    "The module " + name + " has to come from one place.",
                    "Give either git or path; or neither, and no braces, for a module that ships with Converge.");
            return Optional.empty();
        }
        return yaml.has("path") ? folder(site, yaml) : git(site, yaml, name);
    }

    private static Optional<ModuleSource> folder(Path site, YamlMap yaml) {
        for (String key : LOGIN) {
            if (yaml.has(key)) {
                yaml.problem(yaml.at(key), "Unknown key", "A folder is read without \"" + key + "\".", "Leave it out.");
            }
        }
        return yaml.parsed(yaml.text("path"), text -> path(site, text)).map(ModuleSource.Folder::new);
    }

    private static Optional<ModuleSource> git(Path site, YamlMap yaml, String name) {
        if (yaml.has("version") == yaml.has("ref")) {
            yaml.problem(
                    yaml.at(),
                    "Bad source",
                    "Of the Git repository of " + name + " one revision has to be chosen.",
                    "Give either a version, such as '^1.0', that one of its tags has, or a ref: a branch, tag or"
                            + " commit.");
            return Optional.empty();
        }
        Optional<Text> address = yaml.text("git");
        Optional<VersionRange> version =
                yaml.has("version") ? yaml.parsed(yaml.text("version"), VersionRange::parse) : Optional.empty();
        Optional<String> ref = yaml.has("ref") ? yaml.text("ref").map(Text::value) : Optional.empty();
        boolean whole = address.isPresent() && (version.isPresent() || ref.isPresent());
        ModuleSource.Login login = login(site, yaml);
        return whole ? Optional.of(new ModuleSource.Git(address.get().value(), version, ref, login)) : Optional.empty();
    }

    private static ModuleSource.Login login(Path site, YamlMap yaml) {
        return new ModuleSource.Login(
                file(site, yaml, "sshKey"),
                file(site, yaml, "knownHosts"),
                yaml.text("username").map(Text::value),
                file(site, yaml, "passwordFile"),
                file(site, yaml, "caFile"));
    }

    private static Optional<Path> file(Path site, YamlMap yaml, String key) {
        return yaml.parsed(yaml.text(key), text -> path(site, text).toAbsolutePath());
    }

    /** As a shell in the site's folder would understand it: everybody who installs has a key of his own in his home. */
    private static Path path(Path site, String text) {
        try {
            boolean home = text.startsWith(HOME);
            Path folder = home ? Path.of(System.getProperty("user.home")) : site;
            return folder.resolve(home ? text.substring(HOME.length()) : text).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidValueException(
                    "This is not a path: " + e.getReason() + ".",
                    "Name it from / or ~/ on, or from the site's folder.");
        }
    }
}
