package dev.converge.language;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.module.SiteModule;
import dev.converge.module.SiteModules;
import dev.converge.schema.TypeRegistry;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resource types, functions and facts that a site's modules bring in the jars of their {@code lib/}. They are Java, run
 * with all rights of Converge, outside the sandbox of manifests: the machine says which it trusts.
 */
public final class ModuleCode {
    private final TypeRegistry core;
    private final PermittedJars permitted;
    private final List<Diagnostic> problems = new ArrayList<>();

    private ModuleCode(TypeRegistry core, PermittedJars permitted) {
        this.core = core;
        this.permitted = permitted;
    }

    /**
     * The types that the manifests of a site may use; {@code core} itself when its modules have no jars.
     *
     * @param core those of Converge
     * @param permitted the jars that this machine trusts; of others no class is loaded
     */
    public static Checked<TypeRegistry> types(Site site, TypeRegistry core, PermittedJars permitted) {
        SiteModules modules = site.modules().value().orElse(SiteModules.NONE);
        return modules.isEmpty() ? Checked.of(core) : new ModuleCode(core, permitted).types(modules);
    }

    private Checked<TypeRegistry> types(SiteModules modules) {
        for (SiteModule module : modules.all()) {
            problems.addAll(permitted.of(module).diagnostics());
        }
        if (!problems.isEmpty()) {
            return Checked.failed(problems);
        }
        List<URL> all = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        core.names().forEach(type -> owners.put(type, "Converge"));
        for (SiteModule module : modules.all()) {
            List<URL> jars = urls(module);
            check(module, jars, owners);
            all.addAll(jars);
        }
        if (all.isEmpty()) {
            return Checked.unlessErrors(core, problems);
        }
        TypeRegistry types = TypeRegistry.of(loader(all));
        modules.all().forEach(module -> checkFunctions(module, types.loader()));
        return Checked.unlessErrors(types, problems);
    }

    private List<URL> urls(SiteModule module) {
        List<URL> urls = new ArrayList<>();
        for (Path jar : module.jars()) {
            try {
                urls.add(jar.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException("every file has a URL", e);
            }
        }
        return urls;
    }

    private void check(SiteModule module, List<URL> jars, Map<String, String> owners) {
        if (jars.isEmpty()) {
            return;
        }
        try (URLClassLoader alone = new URLClassLoader(jars.toArray(URL[]::new), null)) {
            for (String type : TypeRegistry.of(alone).names()) {
                String owner = owners.putIfAbsent(type, "the module " + module.name());
                if (owner != null) {
                    problems.add(problem(
                            module,
                            "Resource type declared twice",
                            "The module " + module.description() + " brings a resource type " + type + ", which "
                                    + owner + " has too.",
                            "Give the type another name, or use one of the modules only."));
                }
            }
        } catch (IOException e) {
            problems.add(problem(module, "Jar not read", e.getMessage(), "Build the jars in lib/ again."));
        }
    }

    /** Each class that a jar names has to be there, and to be what it is named for. */
    private void checkFunctions(SiteModule module, ClassLoader loader) {
        List<URL> jars = urls(module);
        if (jars.isEmpty()) {
            return;
        }
        try (URLClassLoader alone = new URLClassLoader(jars.toArray(URL[]::new), null)) {
            for (String name : FunctionClasses.of(alone)) {
                wrong(name, loader)
                        .ifPresent(why -> problems.add(problem(
                                module,
                                "Bad functions",
                                "A jar of the module " + module.description() + " names the class " + name
                                        + " for its functions, and " + why + ".",
                                "Correct META-INF/services/" + Functions.class.getName() + " in it.")));
            }
        } catch (IOException e) {
            problems.add(problem(module, "Jar not read", e.getMessage(), "Build the jars in lib/ again."));
        }
    }

    private static Optional<String> wrong(String name, ClassLoader loader) {
        try {
            boolean marked = Functions.class.isAssignableFrom(Class.forName(name, false, loader));
            return marked ? Optional.empty() : Optional.of("it does not implement " + Functions.class.getName());
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of("it cannot be loaded (" + e + ")");
        }
    }

    private static Diagnostic problem(SiteModule module, String summary, String detail, String advice) {
        return Diagnostic.error(Code.MODULE, summary, detail)
                .at(module.description().at())
                .suggest(advice);
    }

    /** Open as long as the process: what was loaded loads more. */
    private static URLClassLoader loader(List<URL> jars) {
        return new URLClassLoader("modules", jars.toArray(URL[]::new), ModuleCode.class.getClassLoader());
    }
}
