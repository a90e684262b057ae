package dev.converge.module;

import dev.converge.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** What {@code converge module install} has put into a site, held against the lock. */
final class Installed implements GitModules {
    private final Path site;
    private final ModuleLock lock;

    Installed(Path site, ModuleLock lock) {
        this.site = site;
        this.lock = lock;
    }

    @Override
    public Optional<Located> locate(ModuleList.Wanted wanted, ModuleSource.Git source, Consumer<Diagnostic> problems) {
        Path folder = site.resolve(SiteModules.INSTALLED).resolve(wanted.name());
        Optional<String> wrong = wrong(wanted.name(), source, folder);
        if (wrong.isPresent()) {
            problems.accept(notInstalled(wanted, wrong.get()));
            return Optional.empty();
        }
        try {
            String text = Files.readString(folder.resolve(ModuleFiles.DESCRIPTION));
            return Optional.of(new Located(folder, SiteModules.INSTALLED + "/" + wanted.name(), text));
        } catch (IOException e) {
            problems.accept(notInstalled(wanted, folder + " cannot be read: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private Diagnostic notInstalled(ModuleList.Wanted wanted, String detail) {
        return ModuleProblem.error("Module not installed", detail)
                .at(wanted.at())
                .suggest("Run: converge module install " + site);
    }

    /** Whether a module is there and is what the lock says. */
    boolean isWhole(ModuleList.Wanted wanted, ModuleSource.Git source) {
        Path folder = site.resolve(SiteModules.INSTALLED).resolve(wanted.name());
        return wrong(wanted.name(), source, folder).isEmpty();
    }

    private Optional<String> wrong(String name, ModuleSource.Git source, Path folder) {
        ModuleLock.Entry entry = lock.entries().get(name);
        if (entry == null) {
            return Optional.of(
                    "The module " + name + " has not been installed: " + ModuleLock.FILE + " does not have it.");
        }
        if (!entry.isOf(source)) {
            return Optional.of("The list asks for " + name + " from " + source + ", but " + ModuleLock.FILE + " has "
                    + entry.git() + " " + entry.pick() + ".");
        }
        if (!ModuleFiles.isModule(folder)) {
            return Optional.of(
                    "The module " + name + " " + entry.version() + " is not in " + SiteModules.INSTALLED + "/.");
        }
        try {
            return Files.isDirectory(folder) && ContentHash.of(folder).equals(entry.sha256())
                    ? Optional.empty()
                    : Optional.of("The files in " + SiteModules.INSTALLED + "/" + name
                            + " are not those of version " + entry.version() + " that " + ModuleLock.FILE
                            + " has the hash of. Somebody changed them, or the lock.");
        } catch (IOException e) {
            return Optional.of(
                    "The files in " + SiteModules.INSTALLED + "/" + name + " cannot be read: " + e.getMessage());
        }
    }
}
