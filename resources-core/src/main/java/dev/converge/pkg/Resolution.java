package dev.converge.pkg;

import dev.converge.diagnostic.Suggestions;
import dev.converge.provider.Change;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns what a manifest wants of a package into what a package manager is told, or says why it cannot be. */
final class Resolution {
    private static final int MOST_NAMES = 8;

    private final PackageManager manager;

    Resolution(PackageManager manager) {
        this.manager = manager;
    }

    /** @throws ResourceFailure when what is wanted cannot be installed, or must not */
    Installation of(Change<PkgResource> change) throws IOException, InterruptedException {
        PkgResource desired = change.desired();
        Optional<ResourceFailure> refusal = manager.refusal(desired);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        Optional<InstalledPackage> there = manager.find(desired.name()).filter(InstalledPackage::isThere);
        String version;
        String word;
        if (desired.source().isPresent()) {
            PackageFile file = file(desired);
            version = file.version();
            word = file.path().toString();
        } else {
            version = version(desired);
            boolean any = desired.version().kind() == PkgVersion.Kind.ANY;
            word = manager.installer().word(desired.name(), any ? Optional.empty() : Optional.of(version));
        }
        boolean older = there.filter(now -> manager.order().compare(version, now.version()) < 0)
                .isPresent();
        boolean held = there.filter(InstalledPackage::held).isPresent();
        refuseDowngrade(desired, version, older);
        refuseHeld(desired, held);
        return new Installation(change, word, Terms.of(desired, older, held));
    }

    private PackageFile file(PkgResource desired) throws IOException, InterruptedException {
        PkgSource source = desired.source().orElseThrow();
        PackageFile file = manager.file(source)
                .orElseThrow(() -> new ResourceFailure(
                        "There is no file " + source + " to install the package \"" + desired.name() + "\" from.",
                        "Put it there by a file resource, or correct source."));
        if (!file.name().equals(desired.name().name())) {
            throw new ResourceFailure(
                    source + " holds the package \"" + file.name() + "\", not \"" + desired.name() + "\".",
                    "Name the resource after the package.");
        }
        if (desired.version().isCertain() && !desired.version().admits(file.version(), manager.order())) {
            throw new ResourceFailure(
                    source + " holds version " + file.version() + ", and " + desired.version() + " is wanted.",
                    "Leave version or source out, or make them agree.");
        }
        return file;
    }

    private String version(PkgResource desired) throws IOException, InterruptedException {
        Optional<Policy> policy = manager.offers().find(desired.name());
        if (policy.isEmpty()) {
            throw new ResourceFailure(
                    manager.name() + " knows no package \"" + desired.name() + "\".",
                    Suggestions.didYouMean(
                                    desired.name().name(), manager.offers().namesLike(desired.name()))
                            .orElse("Add the package source that has it, or correct the name."));
        }
        Optional<String> best = policy.get().best(desired.version(), manager.order());
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
        List<String> providers = manager.offers().providersOf(desired.name());
        if (providers.isEmpty()) {
            return new ResourceFailure(
                    manager.name() + " knows the name of the package \"" + desired.name() + "\", but no source of it.",
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
