package dev.converge.pkg;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a package file says of itself.
 *
 * @param path as the host's own programs see it
 */
record PackageFile(Path path, String name, String version) {
    /**
     * Empty when there is no file yet.
     *
     * @param question the program that prints its name and its version, on a line each, when the path follows
     */
    static Optional<PackageFile> read(PkgSource source, List<String> question, Host host)
            throws IOException, InterruptedException {
        if (!Files.exists(source.on(host))) {
            return Optional.empty();
        }
        List<String> argv = new ArrayList<>(question);
        argv.add(source.path().toString());
        CommandResult result = host.commands().run(Command.of(argv));
        List<String> fields = result.output().lines().toList();
        if (!result.succeeded() || fields.size() < 2) {
            throw new ResourceFailure(
                    source + " is not a package: " + result.lastLines(1),
                    "Give a file that " + question.get(0) + " can read.");
        }
        return Optional.of(new PackageFile(source.path(), fields.get(0), fields.get(1)));
    }
}
