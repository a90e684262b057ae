package dev.converge.data;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.Facts;
import dev.converge.facts.FixedFacts;
import dev.converge.vault.KeyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Which key the encrypted values of a data file are for, whatever host they are for. */
public final class KeyFiles {
    private KeyFiles() {}

    /** The key of the level that reads the file, as the hierarchy above it says; the usual one where there is none. */
    public static Checked<KeyFile> of(Path file) {
        Path real = file.toAbsolutePath().normalize();
        for (Path folder = real.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(HierarchyFile.NAME))) {
                return of(file, folder, folder.relativize(real).toString());
            }
        }
        return Checked.of(new KeyFile(KeyFile.USUAL));
    }

    private static Checked<KeyFile> of(Path file, Path folder, String within) {
        Reading reading = new Reading(new Facts(new FixedFacts(Map.of())), new ParsedDocuments(), (where, text) -> {});
        Checked<Hierarchy> hierarchy =
                Hierarchy.read("site", folder, folder.getFileName().toString(), reading);
        if (!hierarchy.isOk()) {
            return Checked.failed(hierarchy.diagnostics());
        }
        for (Level level : hierarchy.value().orElseThrow().levels()) {
            boolean reads = level instanceof FileLevel files && files.mayRead(within);
            if (reads && level.decipher() instanceof KeyFileDecipher decipher) {
                return Checked.of(decipher.file());
            }
        }
        return Checked.failed(Diagnostic.error(
                        Code.DATA,
                        "No level",
                        "No level of " + folder.resolve(HierarchyFile.NAME) + " reads " + file + ".")
                .suggest("Add one, or name the key with --key-file."));
    }
}
