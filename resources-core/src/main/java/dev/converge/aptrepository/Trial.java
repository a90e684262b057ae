package dev.converge.aptrepository;

import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Temporary;
import dev.converge.filesystem.TextFile;
import dev.converge.model.Text;
import dev.converge.pkg.AptFailure;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lets apt read the lists of a repository before it takes its place, so that one that apt refuses never does. */
final class Trial {
    private static final Path TEMPORARY = Path.of("/tmp");
    private static final Duration LOCK = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Pattern MISSING_COMPONENT = Pattern.compile("doesn't have the component '([^']*)'");

    private Trial() {}

    /**
     * Fetches the lists of this repository alone.
     *
     * @throws ResourceFailure with what apt says, when it cannot read the repository or does not trust its key
     */
    static void run(AptRepositoryResource desired, RepositoryFiles files, Optional<PublicKey> key, Host host)
            throws IOException, InterruptedException {
        Path real = Temporary.folder("apt", host);
        Path folder = TEMPORARY.resolve(real.getFileName());
        try {
            // apt reads both as an account of its own.
            Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwxr-xr-x"));
            Optional<Path> keyPath = files.ownKey(desired);
            if (key.isPresent()) {
                keyPath = Optional.of(folder.resolve("key" + key.get().form().suffix()));
                Files.write(host.path(keyPath.get()), key.get().bytes());
            }
            String old = TextFile.read(desired.name().sources(), host).text();
            Files.writeString(real.resolve("trial.sources"), new Wanted(desired, keyPath).editSources(old));
            fetch(desired, folder.resolve("trial.sources"), host);
        } finally {
            Removal.of(real);
        }
    }

    private static void fetch(AptRepositoryResource desired, Path sources, Host host)
            throws IOException, InterruptedException {
        Command update = Command.of(
                        "apt-get",
                        "-q",
                        "-o",
                        "DPkg::Lock::Timeout=" + LOCK.toSeconds(),
                        "-o",
                        "Dir::Etc::SourceList=" + sources,
                        "-o",
                        "Dir::Etc::SourceParts=-",
                        "-o",
                        "APT::Get::List-Cleanup=0",
                        "-o",
                        "APT::Update::Error-Mode=any",
                        "update")
                .environment(Map.of("DEBIAN_FRONTEND", Text.of("noninteractive")))
                .timeout(LONGEST);
        CommandResult result = host.commands().run(update);
        if (!result.succeeded()) {
            ResourceFailure failure = AptFailure.of("Reading the repository \"" + desired.name() + "\"", result);
            throw new ResourceFailure(
                    failure.getMessage() + "\nThe host stays as it was.",
                    failure.advice().orElse("Correct its key, its address or its suites."));
        }
        Set<String> missing = missingComponents(result);
        if (!missing.isEmpty()) {
            throw new ResourceFailure(
                    "The repository \"" + desired.name() + "\" does not have the component "
                            + missing.stream().map(one -> "'" + one + "'").collect(Collectors.joining(", "))
                            + ".\nThe host stays as it was.",
                    "Correct it, or leave it out.");
        }
    }

    /** apt only warns of these, and installs nothing from them. */
    private static Set<String> missingComponents(CommandResult result) {
        return MISSING_COMPONENT
                .matcher(result.errors())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
