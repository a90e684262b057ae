package dev.converge.module;

import dev.converge.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a site's modules from Git are. */
interface GitModules {
    /**
     * A module and its description.
     *
     * @param shown the folder as diagnostics name it
     * @param text its {@code module.yaml}
     */
    record Located(Path folder, String shown, String text) {}

    /** Empty when it is not there, which has then been told. */
    Optional<Located> locate(ModuleList.Wanted wanted, ModuleSource.Git source, Consumer<Diagnostic> problems);
}
