package dev.converge.pkg;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a package file says of itself. */
record DebFile(Path path, String name, String version) {
    /** Empty when there is no file yet. */
    static Optional<DebFile> read(PkgSource source, Host host) throws IOException, InterruptedException {
        Path path = source.on(host);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        CommandResult result = host.commands()
                .run(Command.of("dpkg-deb", "--showformat=${Package}\n${Version}\n", "--show", path.toString()));
        List<String> fields = result.output().lines().toList();
        if (!result.succeeded() || fields.size() < 2) {
            throw new ResourceFailure(
                    source + " is not a package: " + result.lastLines(1), "Give a file that dpkg-deb --info can read.");
        }
        return Optional.of(new DebFile(path, fields.get(0), fields.get(1)));
    }
}
