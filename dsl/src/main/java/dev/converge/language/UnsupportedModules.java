package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.facts.Facts;
import dev.converge.module.SiteModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The modules that a host uses although they are not made for it; that others of the site's hosts use some is fine. */
final class UnsupportedModules {
    /** Facts that the systems of a module are values of, the narrower one first. */
    private static final List<String> SYSTEM = List.of("os.name", "os.family");

    private final Facts facts;
    private final List<SourceFile> sources;

    /** @param sources of the site and its modules */
    UnsupportedModules(Facts facts, List<SourceFile> sources) {
        this.facts = facts;
        this.sources = sources;
    }

    /**
     * A warning for each, where it is used first.
     *
     * @param composites where each class of a composite was included first
     */
    List<Diagnostic> warnings(List<SiteModule> modules, Map<String, SourceRange> composites) {
        List<Diagnostic> warnings = new ArrayList<>();
        for (SiteModule module : modules) {
            for (Map.Entry<String, SourceRange> composite : composites.entrySet()) {
                if (isUnsupported(module, composite.getKey())) {
                    warnings.add(warning(module, composite.getValue()));
                    break;
                }
            }
        }
        return warnings;
    }

    /** What costs least is asked first: nearly every module is made for the host that it is used on. */
    private boolean isUnsupported(SiteModule module, String className) {
        return module.mayDeclare(className) && !isMadeForHost(module) && declares(module, className);
    }

    /** What is not known speaks against nothing. */
    private boolean isMadeForHost(SiteModule module) {
        if (module.description().systems().isEmpty()) {
            return true;
        }
        List<String> names = system();
        return names.isEmpty() || module.description().supports(names);
    }

    private List<String> system() {
        List<String> names = new ArrayList<>();
        for (String fact : SYSTEM) {
            Optional<Object> known = facts.find(fact);
            if (known.isPresent()) {
                names.add(known.get().toString());
            }
        }
        return names;
    }

    /** A class of the site itself may begin as those of the module do. */
    private boolean declares(SiteModule module, String className) {
        Pattern declaration = Pattern.compile("\\bclass\\s+" + Pattern.quote(className) + "\\b");
        for (SourceFile source : sources) {
            boolean itsOwn = source.module().filter(module::equals).isPresent();
            if (itsOwn && declaration.matcher(source.text()).find()) {
                return true;
            }
        }
        return false;
    }

    private Diagnostic warning(SiteModule module, SourceRange at) {
        return Diagnostic.warning(
                        Code.MODULE,
                        "Module not made for this system",
                        "The module " + module.description() + " is made for "
                                + String.join(", ", module.description().systems()) + ", and this host has "
                                + system().get(0) + ".")
                .at(at)
                .suggest("Use it where facts.os.name or facts.os.family is one of these;"
                        + " if it works here all the same, its author can add the system to its module.yaml.")
                .related(Related.at("made for these", module.description().systemsAt()));
    }
}
