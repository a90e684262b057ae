package dev.converge.module;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.yaml.YamlMap;
import dev.converge.yaml.YamlMap.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What {@code converge module install} has chosen for a site, for everybody who checks the site out. Only modules from Git
 * are in it: those of the site itself and those that ship with Converge are where they are.
 */
public record ModuleLock(Map<String, Entry> entries) {
    /** Where it is, in the site's root. */
    public static final String FILE = "converge.modules.lock";

    static final ModuleLock NONE = new ModuleLock(Map.of());

    private static final String HEAD = """
            # Written by "converge module install". Commit it with the site; do not edit it.
            version: 1
            """;

    public ModuleLock {
        entries = Map.copyOf(entries);
    }

    /**
     * One module.
     *
     * @param git the repository's address
     * @param pick the range or ref that the list had when this was chosen
     * @param version what its {@code module.yaml} says
     * @param revision the tag or ref whose commit it is
     * @param commit its 40 hexadecimal digits
     * @param sha256 of its content; see {@link ContentHash}
     */
    public record Entry(String git, String pick, String version, String revision, String commit, String sha256) {
        boolean isOf(ModuleSource.Git source) {
            return git.equals(source.address()) && pick.equals(source.pick());
        }
    }

    public static ModuleLock read(String text, Consumer<Diagnostic> problems) {
        Optional<YamlMap> modules = YamlMap.read(FILE, text, Code.MODULE, problems)
                .flatMap(file -> file.allow("version", "modules").map("modules"));
        if (modules.isEmpty()) {
            return NONE;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (String name : modules.get().keys()) {
            modules.get().map(name).flatMap(ModuleLock::entry).ifPresent(entry -> entries.put(name, entry));
        }
        return new ModuleLock(entries);
    }

    private static Optional<Entry> entry(YamlMap yaml) {
        String[] names = {"git", "pick", "version", "revision", "commit", "sha256"};
        String[] values = new String[names.length];
        yaml.allow(names);
        boolean whole = true;
        for (int i = 0; i < names.length; i++) {
            values[i] = yaml.required(names[i], "…").map(Text::value).orElse("");
            whole &= !values[i].isEmpty();
        }
        return whole
                ? Optional.of(new Entry(values[0], values[1], values[2], values[3], values[4], values[5]))
                : Optional.empty();
    }

    /** As a file, the same for the same content. */
    public String text() {
        StringBuilder out = new StringBuilder(HEAD);
        out.append(entries.isEmpty() ? "modules: {}\n" : "modules:\n");
        new TreeMap<>(entries).forEach((name, entry) -> {
            out.append("  ").append(name).append(":\n");
            line(out, "git", entry.git());
            line(out, "pick", entry.pick());
            line(out, "version", entry.version());
            line(out, "revision", entry.revision());
            line(out, "commit", entry.commit());
            line(out, "sha256", entry.sha256());
        });
        return out.toString();
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append("    ")
                .append(key)
                .append(": '")
                .append(value.replace("'", "''"))
                .append("'\n");
    }
}
