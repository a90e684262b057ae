package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;

/**
 * Looks at a checkout's {@code .git/config} before Git reads it. Who may write to it is not always who runs Converge, and
 * Git does as it says: it runs programs, talks to other servers, and writes cookies to any file. See git-config(1).
 */
final class ConfigCheck {
    private static final Set<String> REFUSED = Set.of("filter", "http", "url", "include", "includeif");
    private static final Set<String> PROGRAMS = Set.of("uploadpack", "receivepack");
    private static final long LARGEST = 1 << 20;

    private ConfigCheck() {}

    /**
     * Fails when Git should not read it.
     *
     * @param folder the real path of a {@code .git}
     */
    static void require(Path folder) throws IOException {
        Path elsewhere = folder.resolve("commondir");
        if (Files.exists(elsewhere, LinkOption.NOFOLLOW_LINKS)) {
            throw new ResourceFailure(
                    elsewhere + " says that Git's files are elsewhere.", "Choose a path that is no linked worktree.");
        }
        Path file = folder.resolve("config");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
            throw new ResourceFailure(file + " is not a file that Git has written.", "Move the checkout away.");
        }
        Config config = new Config(); // one that includes nothing
        try {
            config.fromText(Files.readString(file));
        } catch (ConfigInvalidException | IOException e) {
            throw new ResourceFailure(
                    file + " cannot be read as a configuration of Git.", "Repair it, or move the checkout away.");
        }
        for (String section : config.getSections()) {
            if (REFUSED.contains(section)) {
                throw refused(file, "[" + section + "]");
            }
        }
        for (String remote : config.getSubsections(ConfigConstants.CONFIG_REMOTE_SECTION)) {
            requireHarmless(config, remote, file);
        }
    }

    /** A remote that is called like an address would take the address's place. */
    private static void requireHarmless(Config config, String remote, Path file) {
        if (remote.startsWith("/") || remote.contains(":")) {
            throw refused(file, "[remote \"" + remote + "\"]");
        }
        for (String program : PROGRAMS) {
            if (config.getString(ConfigConstants.CONFIG_REMOTE_SECTION, remote, program) != null) {
                throw refused(file, program + " in [remote \"" + remote + "\"]");
            }
        }
    }

    private static ResourceFailure refused(Path file, String what) {
        return new ResourceFailure(
                file + " has " + what + ", which could let Git run programs or lead it elsewhere.",
                "Find out who wrote it, and take it out of the file.");
    }
}
