package dev.converge.host;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.FactSource;
import dev.converge.facts.FixedFacts;
import dev.converge.provider.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The facts of the host as it is now, each group read when it is first asked for, and once. Only custom facts may start
 * a program.
 */
public final class LiveFacts implements FactSource {
    /** What a root folder without {@code /proc} will run on, as far as anyone can tell. */
    private static final SystemFiles MACHINE = new SystemFiles(Path.of("/"));

    private final Map<String, Supplier<?>> core = new TreeMap<>();
    private final Lazy<HostNames> names;
    private final Lazy<CustomFacts.Result> custom;
    private final ModuleFacts modules;

    /** Those of the host alone. */
    public LiveFacts(Path root, Commands commands) {
        this(root, commands, ModuleFacts.NONE);
    }

    /**
     * @param root the folder that is the host's {@code /}
     * @param commands runs the programs that give custom facts
     * @param modules asked for what neither the host nor its administrator has
     */
    public LiveFacts(Path root, Commands commands, ModuleFacts modules) {
        this.modules = modules;
        SystemFiles files = new SystemFiles(root);
        names = new Lazy<>(() -> HostNames.read(files));
        core.put("os", new Lazy<>(() -> OsFacts.read(files)));
        core.put("hostname", () -> names.get().hostname());
        core.put("fqdn", () -> names.get().fqdn());
        core.put("cpus", () -> Runtime.getRuntime().availableProcessors());
        core.put(
                "memory",
                new Lazy<>(() -> memory(files).or(() -> memory(MACHINE)).orElse(0L)));
        core.put("virtual", new Lazy<>(() -> Virtualization.detect(files)));
        core.put(
                "networking",
                new Lazy<>(() -> NetworkFacts.read(files, names.get().domain())));
        custom = new Lazy<>(() -> CustomFacts.read(files, commands, core.keySet()));
    }

    @Override
    public Optional<Object> fact(String path) {
        if (path.equals("networking.domain")) {
            return Optional.of(names.get().domain());
        }
        int dot = path.indexOf('.');
        String group = dot < 0 ? path : path.substring(0, dot);
        Supplier<?> source = core.get(group);
        if (source == null) {
            Optional<Object> given = new FixedFacts(custom.get().facts()).fact(path);
            return given.isPresent() ? given : modules.fact(path);
        }
        return dot < 0 ? Optional.of(source.get()) : new FixedFacts(Map.of(group, source.get())).fact(path);
    }

    @Override
    public Map<String, Object> all() {
        Map<String, Object> all = new TreeMap<>(modules.all());
        all.putAll(custom.get().facts());
        core.forEach((name, source) -> all.put(name, source.get()));
        return all;
    }

    /** What is wrong with the files of custom facts; nothing as long as none was asked for. */
    public List<Diagnostic> warnings() {
        List<Diagnostic> warnings =
                new ArrayList<>(custom.isKnown() ? custom.get().warnings() : List.of());
        warnings.addAll(modules.warnings());
        return warnings;
    }

    /** The machine's memory in bytes: what a control group grants is not the machine's memory. */
    private static Optional<Long> memory(SystemFiles files) {
        for (String line : files.lines("/proc/meminfo")) {
            if (line.startsWith("MemTotal:")) {
                return Optional.of(Long.parseLong(line.replaceAll("\\D", "")) * 1024);
            }
        }
        return Optional.empty();
    }
}
