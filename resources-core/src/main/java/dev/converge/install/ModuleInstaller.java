package dev.converge.install;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.git.GitMirror;
import dev.converge.module.ContentHash;
import dev.converge.module.ModuleChoice;
import dev.converge.module.ModuleChoice.Chosen;
import dev.converge.module.ModuleList.Wanted;
import dev.converge.module.ModuleLock;
import dev.converge.module.ModuleSource;
import dev.converge.module.ModuleWish;
import dev.converge.module.SiteModules;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Installs the modules of a site that come from Git. All is fetched and verified before anything of the site is written;
 * the lock is written last.
 */
public final class ModuleInstaller {
    private final Path cache;
    private final Fetching fetching;

    /** @param cache where copies of repositories are kept; see {@link ModuleCache#folder} */
    public ModuleInstaller(Path cache, Fetching fetching) {
        this.cache = cache;
        this.fetching = fetching;
    }

    /**
     * What became of one module.
     *
     * @param changed whether its files were written
     */
    public record Installed(String name, String version, String revision, String commit, boolean changed) {}

    /** Installs what the site in this folder lists; or changes nothing, and says all that is in the way. */
    public Checked<List<Installed>> install(Path site) throws IOException, InterruptedException {
        Checked<ModuleWish> wish = ModuleWish.of(site);
        if (wish.value().isEmpty()) {
            return Checked.failed(wish.diagnostics());
        }
        boolean nothingToDo =
                fetching != Fetching.UPDATE && isInstalled(wish.value().get());
        if (nothingToDo) {
            Checked<SiteModules> whole = SiteModules.of(site);
            return whole.isOk()
                    ? Checked.of(kept(wish.value().get()), whole.diagnostics())
                    : Checked.failed(whole.diagnostics());
        }
        try (ModuleCache opened = ModuleCache.open(cache)) {
            return install(
                    wish.value().get(), new CachedRepositories(wish.value().get(), opened, fetching));
        } catch (ResourceFailure e) {
            return Checked.failed(Diagnostic.error(Code.MODULE, "Modules not installed", e.getMessage())
                    .suggest(e.advice()));
        }
    }

    private static boolean isInstalled(ModuleWish wish) {
        return wish.git().stream().allMatch(wish::isInstalled)
                && wish.git().size() == wish.lock().entries().size();
    }

    private static List<Installed> kept(ModuleWish wish) {
        List<Installed> kept = new ArrayList<>();
        for (Wanted wanted : wish.git()) {
            ModuleLock.Entry entry = wish.locked(wanted).orElseThrow();
            kept.add(new Installed(wanted.name(), entry.version(), entry.revision(), entry.commit(), false));
        }
        return kept;
    }

    private Checked<List<Installed>> install(ModuleWish wish, CachedRepositories repositories) throws IOException {
        Checked<List<Chosen>> choice;
        try {
            choice = new ModuleChoice(wish, repositories).choose();
        } catch (ResourceFailure e) {
            return Checked.failed(Diagnostic.error(Code.MODULE, "Repository not read", e.getMessage())
                    .suggest(e.advice()));
        }
        if (choice.value().isEmpty()) {
            return Checked.failed(choice.diagnostics());
        }
        List<Diagnostic> problems = new ArrayList<>(choice.diagnostics());
        List<Installed> done = new ArrayList<>();
        Map<String, ModuleLock.Entry> entries = new TreeMap<>();
        try (InstalledFolder folder = InstalledFolder.open(wish.site())) {
            for (Chosen chosen : choice.value().get()) {
                Optional<ModuleLock.Entry> entry = entry(wish, chosen, repositories, folder, problems);
                entry.ifPresent(locked -> {
                    entries.put(chosen.wanted().name(), locked);
                    boolean changed = folder.hasDraft(chosen.wanted().name());
                    done.add(new Installed(
                            chosen.wanted().name(), locked.version(), locked.revision(), locked.commit(), changed));
                });
            }
            if (problems.stream().anyMatch(Diagnostic::isError)) {
                return Checked.failed(problems);
            }
            folder.place(entries.keySet());
            folder.write(new ModuleLock(entries));
        }
        return Checked.of(done, problems);
    }

    private Optional<ModuleLock.Entry> entry(
            ModuleWish wish,
            Chosen chosen,
            CachedRepositories repositories,
            InstalledFolder folder,
            List<Diagnostic> problems)
            throws IOException {
        Wanted wanted = chosen.wanted();
        Optional<ModuleLock.Entry> locked = wish.locked(wanted)
                .filter(entry -> entry.commit().equals(chosen.candidate().commit()));
        if (locked.isPresent() && wish.isInstalled(wanted)) {
            return locked;
        }
        try {
            String hash = export(chosen, repositories, folder, locked.map(ModuleLock.Entry::sha256));
            if (locked.isPresent() && !locked.get().sha256().equals(hash)) {
                problems.add(differs(wish, wanted, locked.get(), hash));
                return Optional.empty();
            }
            ModuleSource.Git git = (ModuleSource.Git) wanted.source();
            return Optional.of(new ModuleLock.Entry(
                    git.address(),
                    git.pick(),
                    chosen.version().toString(),
                    chosen.candidate().revision(),
                    chosen.candidate().commit(),
                    hash));
        } catch (ResourceFailure e) {
            problems.add(CachedRepositories.error(wanted, "Module not usable", e.getMessage())
                    .suggest(e.advice()));
            return Optional.empty();
        }
    }

    /** Brings the files of a commit, once more from its server when the cache has other ones than the lock knows. */
    private String export(
            Chosen chosen, CachedRepositories repositories, InstalledFolder folder, Optional<String> expected)
            throws IOException {
        Wanted wanted = chosen.wanted();
        String hash = repositories.read(wanted, copy -> export(copy, chosen, folder));
        if (expected.isEmpty() || expected.get().equals(hash) || fetching == Fetching.OFFLINE) {
            return hash;
        }
        return export(repositories.fetchAnew(wanted), chosen, folder);
    }

    private static String export(GitMirror copy, Chosen chosen, InstalledFolder folder) throws IOException {
        String name = chosen.wanted().name();
        copy.export(chosen.candidate().commit(), folder.draft(name));
        return ContentHash.of(folder.draftOf(name));
    }

    private static Diagnostic differs(ModuleWish wish, Wanted wanted, ModuleLock.Entry locked, String hash) {
        return CachedRepositories.error(
                        wanted,
                        "Content differs",
                        "The lock has sha256 " + locked.sha256() + " for commit " + locked.commit() + " of "
                                + wanted.name() + ", and its files have " + hash + ".")
                .suggest("Somebody changed " + ModuleLock.FILE + ": look at its history. To write it anew: converge"
                        + " module install --update " + wish.site());
    }
}
