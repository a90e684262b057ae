package dev.converge.module;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.yaml.YamlMap;
import dev.converge.yaml.YamlMap.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads what a {@code module.yaml} says. */
final class DescriptionReader {
    private static final List<String> SYSTEMS = List.of(
            "almalinux",
            "alpine",
            "amzn",
            "arch",
            "centos",
            "debian",
            "devuan",
            "fedora",
            "gentoo",
            "kali",
            "linuxmint",
            "manjaro",
            "ol",
            "opensuse-leap",
            "opensuse-tumbleweed",
            "raspbian",
            "redhat",
            "rhel",
            "rocky",
            "sles",
            "suse",
            "ubuntu");

    private DescriptionReader() {}

    /**
     * Empty when something is wrong with it, which has then been told.
     *
     * @param file its path, for diagnostics
     */
    static Optional<ModuleDescription> read(String file, String text, Consumer<Diagnostic> problems) {
        boolean[] wrong = new boolean[1];
        Optional<YamlMap> map = YamlMap.read(file, text, Code.MODULE, problem -> {
            wrong[0] |= problem.isError();
            problems.accept(problem);
        });
        if (map.isEmpty()) {
            return Optional.empty();
        }
        YamlMap yaml = map.get().allow("name", "version", "summary", "requires", "systems", "converge");
        Optional<String> name = yaml.parsed(yaml.required("name", "nginx"), ModuleName::parse);
        Optional<Version> version = yaml.parsed(yaml.required("version", "1.0.0"), Version::parse);
        String summary = yaml.text("summary").map(Text::value).orElse("");
        Map<String, ModuleDescription.Requirement> requires = requires(yaml);
        List<String> systems = yaml.list("systems").stream()
                .map(system -> system(system, problems))
                .toList();
        VersionRange converge =
                yaml.parsed(textOf(yaml, "converge"), VersionRange::parse).orElse(VersionRange.ANY);
        if (wrong[0] || name.isEmpty() || version.isEmpty()) {
            return Optional.empty();
        }
        SourceRange at = placeOf(yaml, "name");
        SourceRange systemsAt = yaml.has("systems") ? yaml.at("systems") : at;
        return Optional.of(
                new ModuleDescription(name.get(), version.get(), summary, requires, systems, converge, at, systemsAt));
    }

    /** There are more systems than anybody can list, so only what is nearly one of the usual ones is taken for a slip. */
    private static String system(Text written, Consumer<Diagnostic> problems) {
        if (!SYSTEMS.contains(written.value())) {
            Suggestions.didYouMean(written.value(), SYSTEMS)
                    .ifPresent(advice -> problems.accept(Diagnostic.warning(
                                    Code.MODULE,
                                    "Unknown system",
                                    "No system is known whose os.name or os.family is \"" + written.value() + "\".")
                            .at(written.at())
                            .suggest(advice)));
        }
        return written.value();
    }

    private static Optional<Text> textOf(YamlMap yaml, String key) {
        return yaml.has(key) ? yaml.text(key) : Optional.empty();
    }

    private static SourceRange placeOf(YamlMap yaml, String key) {
        return yaml.text(key).map(Text::at).orElse(yaml.at());
    }

    private static Map<String, ModuleDescription.Requirement> requires(YamlMap yaml) {
        Optional<YamlMap> map = yaml.map("requires");
        if (map.isEmpty()) {
            return Map.of();
        }
        Map<String, ModuleDescription.Requirement> requires = new LinkedHashMap<>();
        for (String name : map.get().keys()) {
            map.get()
                    .parsed(map.get().text(name), VersionRange::parse)
                    .ifPresent(range -> requires.put(
                            name,
                            new ModuleDescription.Requirement(range, map.get().at(name))));
        }
        return requires;
    }
}
