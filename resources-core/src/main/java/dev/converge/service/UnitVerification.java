package dev.converge.service;

import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Temporary;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What systemd thinks of units before they take their place: asked in one call, about copies in a folder of their own.
 *
 * @param files the units' files and drop-ins by their paths below a folder of units
 * @param complaints what it would ignore or refuse, in its own words
 */
record UnitVerification(Map<String, Content> files, List<String> complaints) {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SHOWN = 5;

    /** @param files drop-ins together with the files of their units */
    static UnitVerification of(Map<String, Content> files, Host host) throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return new UnitVerification(files, List.of());
        }
        Path folder = Temporary.folder("unit", host);
        try {
            for (Map.Entry<String, Content> file : files.entrySet()) {
                Path copy = folder.resolve(file.getKey());
                Files.createDirectories(copy.getParent());
                Files.write(copy, file.getValue().bytes());
            }
            Path seen = Path.of("/").resolve(host.root().relativize(folder));
            List<String> words = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
            files.keySet().stream()
                    .filter(file -> file.indexOf('/') < 0)
                    .forEach(unit -> words.add(seen.resolve(unit).toString()));
            CommandResult result = host.commands().run(Command.of(words).timeout(LIMIT));
            return new UnitVerification(files, told(result, seen));
        } finally {
            Removal.of(folder);
        }
    }

    private static List<String> told(CommandResult result, Path folder) {
        return result.errors()
                .lines()
                .map(line -> line.startsWith(folder + "/")
                        ? line.substring(folder.toString().length() + 1)
                        : line)
                .distinct()
                .toList();
    }

    /** Fails when systemd complains about one of the units. */
    void requireUnits(Collection<String> units) {
        List<String> beginnings = new ArrayList<>();
        for (String unit : units) {
            beginnings.add(unit + ":");
            beginnings.add(verified(unit) + ":");
        }
        require(units.iterator().next(), beginnings);
    }

    /** Fails when systemd complains about a drop-in, or the unit is not whole with it; the lines of the unit's own file are not its. */
    void requireDropIn(UnitFileName file) {
        require(file.toString(), List.of(file + ":", file.unit() + ": ", verified(file.unit()) + ": "));
    }

    /** Of a template systemd looks at an instance. */
    private static String verified(String unit) {
        return unit.replace("@.", "@i.");
    }

    private void require(String shown, List<String> beginnings) {
        List<String> own = complaints.stream()
                .filter(line -> isAbout(line, beginnings))
                .limit(SHOWN)
                .toList();
        if (own.isEmpty()) {
            return;
        }
        Redactor redactor = Redactor.of(files.values().stream()
                .flatMap(content -> content.secrets().stream())
                .toList());
        throw new ResourceFailure(
                "systemd does not take " + shown + "; nothing was changed.\n" + redactor.redact(String.join("\n", own)),
                "Correct it; the lines are those of the new file.");
    }

    /** A line begins with a file and a line's number, or with a unit's name. */
    private static boolean isAbout(String line, List<String> beginnings) {
        // Whether programs and other units are there is a matter of the start, and they may come later.
        boolean ofHost = line.contains("is not executable") || line.contains("Failed to create");
        return !ofHost && beginnings.stream().anyMatch(line::startsWith);
    }
}
