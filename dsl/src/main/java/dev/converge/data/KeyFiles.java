package dev.converge.data;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.Facts;
import dev.converge.facts.FixedFacts;
import dev.converge.vault.KeyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    /**
     * The key of the site that a folder is in, which all of its levels have to share; the usual one where there is no
     * site.
     */
    public static Checked<KeyFile> ofSite(Path within) {
        for (Path folder = within.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            for (Path data : List.of(folder, folder.resolve("data"))) {
                if (Files.isRegularFile(data.resolve(HierarchyFile.NAME))) {
                    return only(data);
                }
            }
        }
        return Checked.of(new KeyFile(KeyFile.USUAL));
    }

    private static Checked<KeyFile> only(Path data) {
        Checked<Hierarchy> hierarchy = hierarchy(data);
        if (!hierarchy.isOk()) {
            return Checked.failed(hierarchy.diagnostics());
        }
        Set<KeyFile> keys = new LinkedHashSet<>();
        for (Level level : hierarchy.value().orElseThrow().levels()) {
            if (level instanceof FileLevel && level.decipher() instanceof KeyFileDecipher decipher) {
                keys.add(decipher.file());
            }
        }
        if (keys.size() > 1) {
            String names = keys.stream().map(key -> key.path().toString()).collect(Collectors.joining(" and "));
            return Checked.failed(Diagnostic.error(
                            Code.DATA,
                            "Several keys",
                            "The levels of " + data.resolve(HierarchyFile.NAME) + " have the keys " + names + ".")
                    .suggest("Name one: --key-file FILE."));
        }
        return Checked.of(keys.stream().findFirst().orElseGet(() -> new KeyFile(KeyFile.USUAL)));
    }

    private static Checked<Hierarchy> hierarchy(Path folder) {
        Reading reading = new Reading(new Facts(new FixedFacts(Map.of())), new ParsedDocuments(), (where, text) -> {});
        return Hierarchy.read("site", folder, folder.getFileName().toString(), reading);
    }

    private static Checked<KeyFile> of(Path file, Path folder, String within) {
        Checked<Hierarchy> hierarchy = hierarchy(folder);
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
