package dev.converge.source;

import dev.converge.git.GitAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a site comes from, and whose word is taken for it.
 *
 * @param url the repository
 * @param ref the branch, tag or commit that is followed
 * @param path the site's folder in the repository; empty for the repository itself
 * @param allowedSigners whose SSH signature a commit must have, as ssh-keygen(1) has it
 * @param pgpKeys the OpenPGP keys whose signature a commit may have instead
 * @param sshKey the private key for ssh addresses
 * @param knownHosts the host keys that ssh addresses are held to
 * @param username for a server that asks for one
 * @param passwordFile the file with the password or token
 * @param caFile the certificates that an https server is held to, in place of the system's
 * @param allowRewind whether a branch may lose commits
 * @param submodules whether the repository's submodules belong to the site
 * @param timeLimit how long a fetch may take
 */
public record SourceSettings(
        GitAddress url,
        String ref,
        String path,
        Optional<Path> allowedSigners,
        Optional<Path> pgpKeys,
        Optional<Path> sshKey,
        Optional<Path> knownHosts,
        Optional<String> username,
        Optional<Path> passwordFile,
        Optional<Path> caFile,
        boolean allowRewind,
        boolean submodules,
        Duration timeLimit) {}
