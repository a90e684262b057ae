package dev.converge.module;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The modules that came with this Converge. */
public final class ShippedModules {
    private ShippedModules() {}

    /** The folder that they are in, each in a folder of its name; empty when Converge was started without one. */
    public static Optional<Path> folder() {
        String given = System.getProperty("converge.modules");
        if (given != null) {
            return Optional.of(Path.of(given).toAbsolutePath().normalize());
        }
        return Optional.ofNullable(System.getProperty("converge.home"))
                .map(home -> Path.of(home).resolve("modules/src/main/modules").normalize());
    }

    /** The one that brings a class. */
    public static Optional<String> withClass(String name) {
        return names().stream()
                .filter(module -> find(module)
                        .filter(folder -> Files.isRegularFile(folder.resolve("src/" + name + ".groovy")))
                        .isPresent())
                .findFirst();
    }

    static Optional<Path> find(String name) {
        return folder().map(folder -> folder.resolve(name)).filter(ModuleFiles::isModule);
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        folder().ifPresent(folder ->
                ModuleFiles.in(folder).forEach(path -> names.add(String.valueOf(path.getFileName()))));
        return names;
    }
}
