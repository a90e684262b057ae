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

    /** All of them, each held against what the others require. */
    Checked<SiteModules> find() {
        readSite();
        add(lists(), new Installed(site, lock()));
        return checked();
    }

    /** What the site has besides modules from Git, and what it wants of those. */
    Checked<ModuleWish> wish() {
        readSite();
        ModuleList list = lists();
        add(list, (wanted, git, told) -> Optional.empty());
        ModuleWish wish = new ModuleWish(site, List.copyOf(found.values()), list, lock());
        return Checked.unlessErrors(wish, problems);
    }

    /** All of them, with these for those from Git. */
    Checked<SiteModules> with(ModuleList list, GitModules git) {
        readSite();
        add(list, git);
        return checked();
    }

    private void readSite() {
        for (Path folder : ModuleFiles.in(site.resolve(SiteModules.FOLDER))) {
            String name = String.valueOf(folder.getFileName());
            describe(folder, shown(folder))
                    .ifPresent(located -> add(name, located, new ModuleSource.Folder(folder), Optional.empty()));
        }
    }

    private ModuleList lists() {
        return text(ModuleList.FILE)
                .map(text -> ModuleList.read(site, text, problems::add))
                .orElse(ModuleList.NONE);
    }

    private ModuleLock lock() {
        return text(ModuleLock.FILE)
                .map(text -> ModuleLock.read(text, problems::add))
                .orElse(ModuleLock.NONE);
    }

    private void add(ModuleList list, GitModules git) {
        list.wanted().forEach(wanted -> listed.put(wanted.name(), wanted.at()));
        for (ModuleList.Wanted wanted : list.wanted()) {
            if (found.containsKey(wanted.name())) {
                problems.add(twice(wanted));
            } else {
                locate(wanted, git)
                        .ifPresent(located -> add(wanted.name(), located, wanted.source(), Optional.of(wanted.at())));
            }
        }
        addShippedRequirements();
    }

    private Checked<SiteModules> checked() {
        List<SiteModule> ordered = new Requirements(found, listed, problems::add).ordered();
        return Checked.unlessErrors(new SiteModules(ordered, inputs), problems);
    }

    private Diagnostic twice(ModuleList.Wanted wanted) {
        return ModuleProblem.error(
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
                    describe(shipped.get(), shown(shipped.get()))
                            .ifPresent(located ->
                                    add(name, located, new ModuleSource.Shipped(), Optional.of(requirement.at())));
                    Optional.ofNullable(found.get(name)).ifPresent(unseen::add);
                }
            });
        }
    }

    private Optional<GitModules.Located> locate(ModuleList.Wanted wanted, GitModules git) {
        if (wanted.source() instanceof ModuleSource.Git source) {
            return git.locate(wanted, source, problems::add);
        }
        return folder(wanted).flatMap(folder -> describe(folder, shown(folder)));
    }

    private Optional<Path> folder(ModuleList.Wanted wanted) {
        if (wanted.source() instanceof ModuleSource.Folder folder) {
            if (!ModuleFiles.isModule(folder.path())) {
                boolean there = Files.isDirectory(folder.path());
                problems.add(ModuleProblem.error(
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
            problems.add(ModuleProblem.error("No such module", "No module " + wanted.name() + " ships with Converge.")
                    .at(wanted.at())
                    .suggest(Suggestions.didYouMean(wanted.name(), names)
                            .orElse("Say where it is, with { git: …, version: … } or { path: … }; with Converge come "
                                    + (names.isEmpty() ? "none" : String.join(", ", names)) + ".")));
        }
        return shipped;
    }

    private Optional<GitModules.Located> describe(Path folder, String shown) {
        try {
            String text = Files.readString(folder.resolve(ModuleFiles.DESCRIPTION));
            return Optional.of(new GitModules.Located(folder, shown, text));
        } catch (IOException e) {
            problems.add(unreadable(shown + "/" + ModuleFiles.DESCRIPTION, e));
            return Optional.empty();
        }
    }

    private void add(String name, GitModules.Located located, ModuleSource source, Optional<SourceRange> wantedAt) {
        Optional<ModuleDescription> description =
                DescriptionReader.read(located.shown() + "/" + ModuleFiles.DESCRIPTION, located.text(), problems::add);
        if (description.isEmpty()) {
            return;
        }
        SiteModule module = new SiteModule(description.get(), located.folder(), located.shown(), source);
        inputs.put(module.input(located.folder().resolve(ModuleFiles.DESCRIPTION)), located.text());
        if (module.name().equals(name)) {
            found.put(name, module);
        } else {
            problems.add(misnamed(name, module, wantedAt));
        }
    }

    private static Diagnostic misnamed(String name, SiteModule module, Optional<SourceRange> wantedAt) {
        Diagnostic misnamed = ModuleProblem.error(
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
        return ModuleProblem.error("Cannot be read", file + " cannot be read: " + failure.getMessage())
                .suggest("It has to be a text file in UTF-8 that this account may read.");
    }

    private String shown(Path folder) {
        return (folder.startsWith(site) ? site.relativize(folder) : folder)
                .toString()
                .replace('\\', '/');
    }
}
