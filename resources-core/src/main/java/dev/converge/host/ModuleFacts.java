package dev.converge.host;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.FactSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The facts that jars of modules read: every {@link FactSource} that is named in their {@code META-INF/services}. None is
 * loaded before a fact is asked for that nobody else has.
 */
public final class ModuleFacts implements FactSource {
    /** Of a machine without modules. */
    static final ModuleFacts NONE = new ModuleFacts(ModuleFacts.class::getClassLoader);

    private final Supplier<ClassLoader> loader;
    private final List<Diagnostic> warnings = new ArrayList<>();
    private List<FactSource> sources;

    /** @param loader of the modules' jars; asked when it is needed, since a site is opened after its facts */
    public ModuleFacts(Supplier<ClassLoader> loader) {
        this.loader = loader;
    }

    private synchronized List<FactSource> sources() {
        if (sources == null) {
            sources = new ArrayList<>();
            ClassLoader jars = loader.get();
            if (jars != ModuleFacts.class.getClassLoader()) { // Converge itself has none
                try {
                    ServiceLoader.load(FactSource.class, jars).forEach(sources::add);
                } catch (ServiceConfigurationError e) {
                    warn("A jar names a source of facts that cannot be loaded: " + e.getMessage());
                }
            }
        }
        return sources;
    }

    @Override
    public synchronized Optional<Object> fact(String path) {
        for (FactSource source : sources()) {
            try {
                Optional<Object> fact = source.fact(path);
                if (fact.isPresent()) {
                    return fact;
                }
            } catch (RuntimeException | LinkageError e) {
                failed(source, e);
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized Map<String, Object> all() {
        Map<String, Object> all = new TreeMap<>();
        for (FactSource source : sources()) {
            try {
                source.all().forEach(all::putIfAbsent);
            } catch (RuntimeException | LinkageError e) {
                failed(source, e);
            }
        }
        return all;
    }

    synchronized List<Diagnostic> warnings() {
        return List.copyOf(warnings);
    }

    private void failed(FactSource source, Throwable thrown) {
        warn(source.getClass().getName() + ", a source of facts in a module's jar, failed: " + thrown + ".");
    }

    private void warn(String detail) {
        warnings.add(Diagnostic.warning(Code.FACTS, "Facts of a module", detail)
                .suggest("Ask the module's author; its facts are taken as missing."));
    }
}
