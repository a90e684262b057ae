package dev.converge.module;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A module by itself, for what works on modules rather than on sites. */
public final class ModuleFolder {
    private ModuleFolder() {}

    public static boolean isModule(Path folder) {
        return ModuleFiles.isModule(folder);
    }

    /** What its {@code module.yaml} says, or what is wrong with that. */
    public static Checked<ModuleDescription> read(Path folder) {
        List<Diagnostic> problems = new ArrayList<>();
        try {
            String text = Files.readString(folder.resolve(ModuleFiles.DESCRIPTION));
            Optional<ModuleDescription> read = DescriptionReader.read(ModuleFiles.DESCRIPTION, text, problems::add);
            return new Checked<>(read, problems);
        } catch (IOException e) {
            return Checked.failed(ModuleProblem.error(
                            "Cannot be read", ModuleFiles.DESCRIPTION + " cannot be read: " + e.getMessage())
                    .suggest("It has to be a text file in UTF-8 that this account may read."));
        }
    }
}
