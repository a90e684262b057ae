package dev.converge.pkg;

import dev.converge.diagnostic.Suggestions;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns what a manifest wants of a package into what apt-get is told, or says why it cannot be. */
final class Resolution {
    private static final int MOST_NAMES = 8;

    private final Host host;
    private final DpkgDatabase installed;
    private final Candidates candidates;

    private Resolution(Host host, DpkgDatabase installed, Candidates candidates) {
        this.host = host;
        this.installed = installed;
        this.candidates = candidates;
    }

    static Resolution of(Host host) throws IOException, InterruptedException {
        return new Resolution(host, DpkgDatabase.of(host), Candidates.of(host));
    }

    /** @throws ResourceFailure when apt cannot install what is wanted, or must not */
    Installation of(Change<PkgResource> change) throws IOException, InterruptedException {
        PkgResource desired = change.desired();
        Optional<DpkgEntry> entry = installed.find(desired.name()).filter(DpkgEntry::isThere);
        String version;
        String word;
        if (desired.source().isPresent()) {
            DebFile file = file(desired);
            version = file.version();
            word = file.path().toString();
        } else {
            version = version(desired);
            boolean any = desired.version().kind() == PkgVersion.Kind.ANY;
            word = any ? desired.name().toString() : desired.name() + "=" + version;
        }
        boolean older = entry.filter(now -> DebianVersion.compare(version, now.version()) < 0)
                .isPresent();
        boolean held = entry.filter(DpkgEntry::isHeld).isPresent();
        refuseDowngrade(desired, version, older);
        refuseHeld(desired, held);
        return new Installation(change, word, AptTerms.of(desired, older, held));
    }

    private DebFile file(PkgResource desired) throws IOException, InterruptedException {
        PkgSource source = desired.source().orElseThrow();
        DebFile file = DebFile.read(source, host)
                .orElseThrow(() -> new ResourceFailure(
                        "There is no file " + source + " to install the package \"" + desired.name() + "\" from.",
                        "Put it there by a file resource, or correct source."));
        if (!file.name().equals(desired.name().name())) {
            throw new ResourceFailure(
                    source + " holds the package \"" + file.name() + "\", not \"" + desired.name() + "\".",
                    "Name the resource after the package.");
        }
        if (desired.version().isCertain() && !desired.version().admits(file.version())) {
            throw new ResourceFailure(
                    source + " holds version " + file.version() + ", and " + desired.version() + " is wanted.",
                    "Leave version or source out, or make them agree.");
        }
        return file;
    }

    private String version(PkgResource desired) throws IOException, InterruptedException {
        Optional<Policy> policy = candidates.find(desired.name());
        if (policy.isEmpty()) {
            throw new ResourceFailure(
                    "apt knows no package \"" + desired.name() + "\".",
                    Suggestions.didYouMean(desired.name().name(), candidates.namesLike(desired.name()))
                            .orElse("Add the package source that has it, or correct the name."));
        }
        Optional<String> best = policy.get().best(desired.version());
        if (best.isPresent()) {
            return best.get();
        }
        if (!desired.version().isCertain() || policy.get().versions().isEmpty()) {
            throw unavailable(desired);
        }
        throw new ResourceFailure(
                "The package \"" + desired.name() + "\" has no version " + desired.version() + ". There is "
                        + String.join(", ", policy.get().versions()) + ".",
                "Take one of these, or add the package source that has it.");
    }

    private ResourceFailure unavailable(PkgResource desired) throws IOException, InterruptedException {
        List<String> providers = candidates.providersOf(desired.name());
        if (providers.isEmpty()) {
            return new ResourceFailure(
                    "apt knows the name of the package \"" + desired.name() + "\", but no source of it.",
                    "Add the package source that has it, or correct the name.");
        }
        String some = providers.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return new ResourceFailure(
                "\"" + desired.name() + "\" is a virtual package: others provide it.",
                "Choose one of them: " + some + ".");
    }

    private static void refuseDowngrade(PkgResource desired, String version, boolean older) {
        if (older && !desired.allowDowngrade()) {
            throw new ResourceFailure(
                    "The package \"" + desired.name() + "\" is installed in a newer version than " + version + ".",
                    "Set allowDowngrade to true to go back.");
        }
    }

    private static void refuseHeld(PkgResource desired, boolean held) {
        if (held && desired.hold().isEmpty()) {
            throw new ResourceFailure(
                    "The package \"" + desired.name() + "\" is on hold, so its version does not change.",
                    "Say hold true or hold false in the manifest: then Converge may change it.");
        }
    }
}
