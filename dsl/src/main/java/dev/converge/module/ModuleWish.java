package dev.converge.module;

import dev.converge.diagnostic.Checked;
import dev.converge.module.ModuleList.Wanted;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a site wants of modules: the question that {@code converge module install} answers.
 *
 * @param site its root
 * @param fixed the modules that need no choice: its own, those of other folders, those that ship with Converge
 * @param list what it lists
 * @param lock what was chosen before
 */
public record ModuleWish(Path site, List<SiteModule> fixed, ModuleList list, ModuleLock lock) {
    public ModuleWish {
        fixed = List.copyOf(fixed);
    }

    /** That of the site in this folder, or everything that is wrong with it. */
    public static Checked<ModuleWish> of(Path site) {
        return new ModuleSearch(site).wish();
    }

    /** The entries of the list that come from Git. */
    public List<Wanted> git() {
        return list.wanted().stream()
                .filter(wanted -> wanted.source() instanceof ModuleSource.Git)
                .toList();
    }

    /** What the lock has for an entry, unless the list asks for something else by now. */
    public Optional<ModuleLock.Entry> locked(Wanted wanted) {
        return Optional.ofNullable(lock.entries().get(wanted.name()))
                .filter(entry -> entry.isOf((ModuleSource.Git) wanted.source()));
    }

    /** Whether an entry is in its place in the site, and is what the lock says. */
    public boolean isInstalled(Wanted wanted) {
        return new Installed(site, lock).isWhole(wanted, (ModuleSource.Git) wanted.source());
    }
}
