package dev.converge.service;

import dev.converge.filesystem.Removal;
import dev.converge.model.Content;
import dev.converge.model.Redactor;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks systemd what it thinks of a unit, in a folder of its own, before the unit takes its place. */
final class UnitVerification {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int SHOWN = 5;

    private UnitVerification() {}

    /**
     * @param files the unit's files by their paths below a folder of units
     * @throws ResourceFailure when systemd would ignore or refuse something that stands in one of them
     */
    static void require(String unit, Map<String, Content> files, Host host) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(host.path(Path.of("/tmp")), "converge-unit-");
        try {
            for (Map.Entry<String, Content> file : files.entrySet()) {
                Path copy = folder.resolve(file.getKey());
                Files.createDirectories(copy.getParent());
                Files.write(copy, file.getValue().bytes());
            }
            Path seen = Path.of("/").resolve(host.root().relativize(folder));
            Command command = Command.of(
                            "systemd-analyze",
                            "verify",
                            "--man=no",
                            seen.resolve(unit).toString())
                    .timeout(LIMIT);
            judge(unit, files, seen, host.commands().run(command));
        } finally {
            Removal.of(folder);
        }
    }

    /** Complaints about one of the files begin with its path or with the unit's name; others are about other units. */
    private static void judge(String unit, Map<String, Content> files, Path folder, CommandResult result) {
        List<String> complaints = result.errors()
                .lines()
                .flatMap(line -> ownComplaint(line, unit, files, folder).stream())
                .distinct()
                .limit(SHOWN)
                .toList();
        if (!complaints.isEmpty()) {
            Redactor redactor = Redactor.of(files.values().stream()
                    .flatMap(content -> content.secrets().stream())
                    .toList());
            throw new ResourceFailure(
                    "systemd does not take the unit " + unit + "; nothing was changed.\n"
                            + redactor.redact(String.join("\n", complaints)),
                    "Correct it; verify false writes it all the same.");
        }
    }

    private static Optional<String> ownComplaint(String line, String unit, Map<String, Content> files, Path folder) {
        for (String file : files.keySet()) {
            if (line.startsWith(folder.resolve(file) + ":")) {
                return Optional.of(line.substring(folder.toString().length() + 1));
            }
        }
        // Whether programs and other units are there is a matter of the start, and they may come later.
        boolean ofHost = line.contains("is not executable") || line.contains("Failed to create");
        boolean own =
                line.startsWith(unit + ": ") || files.keySet().stream().anyMatch(file -> line.startsWith(file + ": "));
        return own && !ofHost ? Optional.of(line) : Optional.empty();
    }
}
