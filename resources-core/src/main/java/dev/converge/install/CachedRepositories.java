package dev.converge.install;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.git.Access;
import dev.converge.git.GitMirror;
import dev.converge.model.InvalidValueException;
import dev.converge.module.ModuleList.Wanted;
import dev.converge.module.ModuleLock;
import dev.converge.module.ModuleRepositories;
import dev.converge.module.ModuleSource;
import dev.converge.module.ModuleWish;
import dev.converge.module.SiteModules;
import dev.converge.module.Version;
import dev.converge.module.VersionRange;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The repositories of a site's modules, read through the cache; a server is asked once, and only when it has to be. */
final class CachedRepositories implements ModuleRepositories {
    private final ModuleWish wish;
    private final ModuleCache cache;
    private final Fetching fetching;
    private final Map<ModuleSource.Login, Map<String, Optional<Diagnostic>>> asked = new HashMap<>();

    CachedRepositories(ModuleWish wish, ModuleCache cache, Fetching fetching) {
        this.wish = wish;
        this.cache = cache;
        this.fetching = fetching;
    }

    @Override
    public Checked<List<Candidate>> candidates(Wanted wanted) {
        Optional<ModuleLock.Entry> locked = fetching == Fetching.UPDATE ? Optional.empty() : wish.locked(wanted);
        try {
            return locked.isPresent() ? locked(wanted, locked.get()) : fresh(wanted);
        } catch (InvalidValueException e) {
            return Checked.failed(error(wanted, "Bad source", e.getMessage()).suggest(e.advice()));
        } catch (ResourceFailure e) {
            return Checked.failed(
                    error(wanted, "Repository not read", e.getMessage()).suggest(e.advice()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Checked<List<Candidate>> locked(Wanted wanted, ModuleLock.Entry entry) throws IOException {
        Candidate candidate = new Candidate(entry.revision(), Optional.empty(), entry.commit());
        GitMirror mirror = mirror(wanted);
        if (wish.isInstalled(wanted)
                || (mirror.isFilled()
                        && read(wanted, copy -> copy.find(entry.commit())).isPresent())) {
            return Checked.of(List.of(candidate));
        }
        Optional<Diagnostic> away = ask(wanted);
        if (away.isPresent()) {
            return Checked.failed(away.get());
        }
        String now = read(wanted, GitMirror::tags).get(entry.revision());
        if (now != null && !now.equals(entry.commit())) {
            return Checked.failed(moved(wanted, entry, now));
        }
        if (read(wanted, copy -> copy.find(entry.commit())).isEmpty()) {
            return Checked.failed(error(
                            wanted,
                            "Commit gone",
                            "The lock has commit " + entry.commit() + " of " + entry.git()
                                    + ", and the repository no longer has it.")
                    .suggest("If you trust what it has now: converge module install --update " + wish.site()));
        }
        return Checked.of(List.of(candidate));
    }

    private Diagnostic moved(Wanted wanted, ModuleLock.Entry entry, String now) {
        return error(
                        wanted,
                        "Tag moved",
                        "The tag " + entry.revision() + " of " + entry.git() + " was commit " + entry.commit()
                                + " when " + ModuleLock.FILE + " was written, and is " + now + " now.")
                .suggest("Find out why before you trust it. If it is right: converge module install --update "
                        + wish.site());
    }

    private Checked<List<Candidate>> fresh(Wanted wanted) throws IOException {
        Optional<Diagnostic> away = ask(wanted);
        GitMirror mirror = mirror(wanted);
        if (away.isPresent() && (away.get().isError() || !mirror.isFilled())) {
            return Checked.failed(away.get());
        }
        List<Diagnostic> told = new ArrayList<>(away.stream().toList());
        ModuleSource.Git git = (ModuleSource.Git) wanted.source();
        List<Candidate> found = read(
                wanted,
                copy -> git.version().isPresent() ? tagged(copy, git.version().get()) : named(copy, git.pick()));
        if (found.isEmpty()) {
            told.add(nothing(wanted, git, mirror));
            return Checked.failed(told);
        }
        return Checked.of(found, told);
    }

    private static List<Candidate> tagged(GitMirror mirror, VersionRange range) throws IOException {
        List<Candidate> found = new ArrayList<>();
        mirror.tags().forEach((tag, commit) -> version(tag)
                .filter(range::contains)
                .ifPresent(version -> found.add(new Candidate(tag, Optional.of(version), commit))));
        found.sort(Comparator.comparing((Candidate one) -> one.version().orElseThrow())
                .reversed());
        return found;
    }

    private static List<Candidate> named(GitMirror mirror, String ref) throws IOException {
        return mirror.find(ref).map(commit -> new Candidate(ref, Optional.empty(), commit)).stream()
                .toList();
    }

    private static Optional<Version> version(String tag) {
        try {
            return Optional.of(Version.parse(tag.startsWith("v") ? tag.substring(1) : tag));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static Diagnostic nothing(Wanted wanted, ModuleSource.Git git, GitMirror mirror) throws IOException {
        List<String> tags = List.copyOf(mirror.tags().keySet());
        String has = tags.isEmpty() ? "It has no tags." : "Its tags are " + String.join(", ", tags) + ".";
        if (git.version().isPresent()) {
            return error(
                            wanted,
                            "No such version",
                            git.address() + " has no tag whose version " + git.pick() + " takes. " + has)
                    .suggest("Tags of versions are called v1.2.0 or 1.2.0. Change the range, or name a ref.");
        }
        return error(
                        wanted,
                        "No such revision",
                        git.address() + " has no branch, tag or commit \"" + git.pick() + "\". " + has)
                .suggest(Suggestions.didYouMean(git.pick(), tags)
                        .orElse("Name one of those, a branch, or a commit by all of its 40 digits."));
    }

    /**
     * Asks the server once. What comes back is an error when nothing can be had without it, a warning when the cache has an
     * earlier state.
     */
    private Optional<Diagnostic> ask(Wanted wanted) throws IOException {
        ModuleSource.Git git = (ModuleSource.Git) wanted.source();
        Map<String, Optional<Diagnostic>> same = asked.computeIfAbsent(git.login(), login -> new HashMap<>());
        if (!same.containsKey(git.address())) {
            same.put(git.address(), answer(wanted, git.address()));
        }
        return same.get(git.address());
    }

    private Optional<Diagnostic> answer(Wanted wanted, String address) throws IOException {
        GitMirror mirror = mirror(wanted);
        boolean needed = wish.locked(wanted).isPresent() || fetching == Fetching.UPDATE || !mirror.isFilled();
        if (fetching == Fetching.OFFLINE) {
            return needed
                    ? Optional.of(error(
                                    wanted,
                                    "Not in the cache",
                                    "The cache does not have what is needed of " + address + ".")
                            .suggest("Leave out --offline once, where its server can be reached."))
                    : Optional.empty();
        }
        try {
            mirror.fetch(access(wanted));
            return Optional.empty();
        } catch (ResourceFailure e) {
            return Optional.of(
                    needed
                            ? error(wanted, "Repository not read", e.getMessage())
                                    .suggest(e.advice())
                            : Diagnostic.warning(
                                            Code.MODULE,
                                            "Repository not read",
                                            e.getMessage() + " What it had when it was last read is used.")
                                    .at(wanted.at())
                                    .suggest(e.advice()));
        }
    }

    @Override
    public Optional<String> description(Wanted wanted, Candidate candidate) {
        try {
            if (fetching != Fetching.UPDATE && wish.isInstalled(wanted)) {
                return Optional.of(Files.readString(
                        wish.site().resolve(SiteModules.INSTALLED).resolve(wanted.name() + "/module.yaml")));
            }
            return read(wanted, copy -> copy.text(candidate.commit(), "module.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that is read from a copy. */
    interface FromCopy<T> {
        T of(GitMirror copy) throws IOException;
    }

    /**
     * What is in the cache, which is brought once more from its server when it is damaged.
     *
     * @throws ResourceFailure when that cannot be done
     */
    <T> T read(Wanted wanted, FromCopy<T> what) throws IOException {
        GitMirror mirror = mirror(wanted);
        try {
            return what.of(mirror);
        } catch (IOException e) {
            if (fetching == Fetching.OFFLINE) {
                throw new ResourceFailure(
                        "The cache of " + ((ModuleSource.Git) wanted.source()).address() + " is damaged: "
                                + e.getMessage() + ".",
                        "Leave out --offline once, where its server can be reached.");
            }
            return what.of(fetchAnew(wanted));
        }
    }

    /** Brings it once more from its server, whatever the cache has. */
    GitMirror fetchAnew(Wanted wanted) throws IOException {
        GitMirror mirror = mirror(wanted);
        mirror.fetchAnew(access(wanted));
        return mirror;
    }

    private static Access access(Wanted wanted) {
        ModuleSource.Login login = ((ModuleSource.Git) wanted.source()).login();
        return new Access(
                login.username(),
                login.passwordFile().map(Access::passwordIn),
                login.sshKey(),
                login.knownHosts(),
                login.caFile());
    }

    private GitMirror mirror(Wanted wanted) {
        return cache.mirror(((ModuleSource.Git) wanted.source()).address());
    }

    static Diagnostic error(Wanted wanted, String summary, String detail) {
        return Diagnostic.error(Code.MODULE, summary, detail).at(wanted.at());
    }
}
