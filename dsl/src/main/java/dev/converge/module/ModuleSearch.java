package dev.converge.module;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the modules of one site: its own, those that it lists, and those that these require. */
final class ModuleSearch {
    private final Path site;
    private final List<Diagnostic> problems = new ArrayList<>();
    private final Map<String, String> inputs = new TreeMap<>();
    private final Map<String, SiteModule> found = new LinkedHashMap<>();
    private final Map<String, SourceRange> listed = new LinkedHashMap<>();

    ModuleSearch(Path site) {
        this.site = site;
    }

    Checked<SiteModules> find() {
        for (Path folder : ModuleFiles.in(site.resolve(SiteModules.FOLDER))) {
            String name = String.valueOf(folder.getFileName());
            add(name, folder, new ModuleSource.Folder(folder), Optional.empty());
        }
        ModuleList list = text(ModuleList.FILE)
                .map(text -> ModuleList.read(site, text, problems::add))
                .orElse(ModuleList.NONE);
        ModuleLock lock = text(ModuleLock.FILE)
                .map(text -> ModuleLock.read(text, problems::add))
                .orElse(ModuleLock.NONE);
        Installed installed = new Installed(site, lock);
        list.wanted().forEach(wanted -> listed.put(wanted.name(), wanted.at()));
        for (ModuleList.Wanted wanted : list.wanted()) {
            if (found.containsKey(wanted.name())) {
                problems.add(twice(wanted));
            } else {
                folder(wanted, installed)
                        .ifPresent(folder -> add(wanted.name(), folder, wanted.source(), Optional.of(wanted.at())));
            }
        }
        addShippedRequirements();
        List<SiteModule> ordered = new Requirements(found, listed, problems::add).ordered();
        return Checked.unlessErrors(new SiteModules(ordered, inputs), problems);
    }

    private Diagnostic twice(ModuleList.Wanted wanted) {
        return YamlMap.error(
                        "Module given twice",
                        "The module " + wanted.name() + " is listed here, and the site has a folder modules/"
                                + wanted.name() + " with a module.yaml.")
                .at(wanted.at())
                .suggest("Take it off this list, or remove the folder.");
    }

    /** What is required and ships with Converge needs no entry in the list. */
    private void addShippedRequirements() {
        List<SiteModule> unseen = new ArrayList<>(found.values());
        while (!unseen.isEmpty()) {
            SiteModule module = unseen.remove(unseen.size() - 1);
            module.description().requires().forEach((name, requirement) -> {
                Optional<Path> shipped = ShippedModules.find(name);
                if (!found.containsKey(name) && !listed.containsKey(name) && shipped.isPresent()) {
                    add(name, shipped.get(), new ModuleSource.Shipped(), Optional.of(requirement.at()));
                    Optional.ofNullable(found.get(name)).ifPresent(unseen::add);
                }
            });
        }
    }

    private Optional<Path> folder(ModuleList.Wanted wanted, Installed installed) {
        if (wanted.source() instanceof ModuleSource.Git git) {
            return installed.folder(wanted, git, problems::add);
        }
        if (wanted.source() instanceof ModuleSource.Folder folder) {
            if (!ModuleFiles.isModule(folder.path())) {
                boolean there = Files.isDirectory(folder.path());
                problems.add(YamlMap.error(
                                "No such module",
                                there
                                        ? "The folder " + folder.path() + " has no module.yaml, so it is no module."
                                        : "There is no folder " + folder.path() + ".")
                        .at(wanted.at())
                        .suggest(
                                there
                                        ? "Write one there, with name and version."
                                        : "Correct the path; it is relative to the site's root."));
                return Optional.empty();
            }
            return Optional.of(folder.path());
        }
        Optional<Path> shipped = ShippedModules.find(wanted.name());
        if (shipped.isEmpty()) {
            List<String> names = ShippedModules.names();
            problems.add(YamlMap.error("No such module", "No module " + wanted.name() + " ships with Converge.")
                    .at(wanted.at())
                    .suggest(Suggestions.didYouMean(wanted.name(), names)
                            .orElse("Say where it is, with { git: …, version: … } or { path: … }; with Converge come "
                                    + (names.isEmpty() ? "none" : String.join(", ", names)) + ".")));
        }
        return shipped;
    }

    private void add(String name, Path folder, ModuleSource source, Optional<SourceRange> wantedAt) {
        String shown = shown(folder);
        String file = shown + "/" + ModuleFiles.DESCRIPTION;
        try {
            String text = Files.readString(folder.resolve(ModuleFiles.DESCRIPTION));
            Optional<ModuleDescription> description = DescriptionReader.read(file, text, problems::add);
            if (description.isEmpty()) {
                return;
            }
            SiteModule module = new SiteModule(description.get(), folder, shown, source);
            inputs.put(module.input(folder.resolve(ModuleFiles.DESCRIPTION)), text);
            if (module.name().equals(name)) {
                found.put(name, module);
            } else {
                problems.add(misnamed(name, module, wantedAt));
            }
        } catch (IOException e) {
            problems.add(unreadable(file, e));
        }
    }

    private static Diagnostic misnamed(String name, SiteModule module, Optional<SourceRange> wantedAt) {
        Diagnostic misnamed = YamlMap.error(
                        "Wrong name",
                        "This module calls itself " + module.name() + ", and the site calls it " + name + ".")
                .at(module.description().at())
                .suggest("Use one name for both: its files and classes are found by it.");
        return wantedAt.map(at -> misnamed.related(Related.at("called so here", at)))
                .orElse(misnamed);
    }

    private Optional<String> text(String file) {
        Path path = site.resolve(file);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(path);
            inputs.put(file, text);
            return Optional.of(text);
        } catch (IOException e) {
            problems.add(unreadable(file, e));
            return Optional.empty();
        }
    }

    private static Diagnostic unreadable(String file, IOException failure) {
        return YamlMap.error("Cannot be read", file + " cannot be read: " + failure.getMessage())
                .suggest("It has to be a text file in UTF-8 that this account may read.");
    }

    private String shown(Path folder) {
        return (folder.startsWith(site) ? site.relativize(folder) : folder)
                .toString()
                .replace('\\', '/');
    }
}
