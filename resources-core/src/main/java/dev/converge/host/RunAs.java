package dev.converge.host;

import dev.converge.process.ThisProcess;
import dev.converge.provider.ResourceFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The account that a command runs as.
 *
 * @param name its login name
 * @param uid its number
 * @param gid the number of its primary group
 * @param home its home folder
 */
record RunAs(String name, String uid, String gid, String home) {
    /** The account of that name in {@code /etc/passwd} below {@code root}; see passwd(5). */
    static Optional<RunAs> find(Path root, String name) throws IOException {
        // Latin 1 reads every byte: a comment in another encoding must not hide the accounts after it.
        try (BufferedReader lines = Files.newBufferedReader(root.resolve("etc/passwd"), StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(name + ":")) {
                    return parse(line);
                }
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** A line of passwd(5); empty when it is not one. */
    static Optional<RunAs> parse(String line) {
        String[] fields = line.strip().split(":", -1);
        return fields.length < 7
                ? Optional.empty()
                : Optional.of(new RunAs(fields[0], fields[2], fields[3], fields[5]));
    }

    static ResourceFailure unknown(String name) {
        return new ResourceFailure(
                "The host has no user \"" + name + "\" to run a command as.", "Declare the user, or correct its name.");
    }

    static ResourceFailure mayNotEnter(String name, Path folder) {
        return new ResourceFailure(
                "The user \"" + name + "\" may not enter the working directory " + folder + ".",
                "Give the user execute permission on it and on the folders above, or choose another cwd.");
    }

    /** Whether this process is the account already. */
    boolean isCurrent() throws IOException {
        return uid.equals(String.valueOf(ThisProcess.uid()));
    }

    /** The words before a command that make it run as the account. */
    List<String> prefix(Path root) throws IOException {
        if (!ThisProcess.isRoot()) {
            throw new ResourceFailure(
                    "Only root can run a command as the user \"" + name + "\".", "Run Converge as root.");
        }
        if (Files.isExecutable(root.resolve("usr/bin/setpriv"))) {
            return List.of("/usr/bin/setpriv", "--reuid=" + uid, "--regid=" + gid, "--init-groups", "--");
        }
        for (String runuser : List.of("usr/sbin/runuser", "sbin/runuser")) {
            if (Files.isExecutable(root.resolve(runuser))) {
                return List.of("/" + runuser, "-u", name, "--");
            }
        }
        throw new ResourceFailure(
                "The host has neither setpriv nor runuser, which run a command as the user \"" + name + "\".",
                "Install util-linux.");
    }
}
