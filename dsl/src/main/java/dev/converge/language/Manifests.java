package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The compiled manifests of a site, ready to run; each runs at most once. */
final class Manifests {
    /** As many as a message can name. */
    private static final int MOST_NAMES = 5;

    private final CompiledSite site;
    private final ClassLoader loader;
    private final Set<Integer> started = new HashSet<>();

    Manifests(CompiledSite site, ClassLoader parent) {
        this.site = site;
        this.loader = site.loader(parent);
    }

    List<String> sources() {
        return site.sources();
    }

    CompiledSite site() {
        return site;
    }

    /** Runs a manifest by its path in the site; {@code .groovy} may be left out. */
    void run(String path, Evaluation evaluation) {
        String file = path.endsWith(".groovy") ? path : path + ".groovy";
        int number = site.sources().indexOf(file);
        if (number < 0) {
            evaluation.report(Diagnostic.error(
                            Code.SITE_FILE, "No such manifest", "This site has no manifest \"" + file + "\".")
                    .at(evaluation.position())
                    .suggest(Suggestions.didYouMean(file, site.sources()).orElseGet(this::known)));
            return;
        }
        if (started.add(number)
                && site.classes().containsKey(site.scriptClasses().get(number))) {
            ManifestScript script = instantiate(site.scriptClasses().get(number));
            script.enter(evaluation);
            script.run();
        }
    }

    private String known() {
        List<String> own = site.sources().stream()
                .filter(source -> !source.startsWith("/") && !source.equals(Site.ENTRY))
                .limit(MOST_NAMES)
                .toList();
        return own.isEmpty()
                ? "Put it beside " + Site.ENTRY + "; so far that is the only one."
                : "Name one by its path from the site's root, such as " + String.join(", ", own) + ".";
    }

    private ManifestScript instantiate(String name) {
        try {
            return (ManifestScript)
                    Class.forName(name, true, loader).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot start " + name, e);
        }
    }
}
