package dev.converge.git;

import dev.converge.model.Secret;
import dev.converge.provider.ResourceFailure;
import dev.converge.vault.FileReach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the server of a repository is reached: who Converge is to it, and how it proves who it is. What is not given is not
 * looked for elsewhere: no {@code ~/.ssh}, no agent, no helper, no person.
 *
 * @param username for a server that asks for one by HTTP; {@code git} when left out
 * @param password the same, or a token
 * @param sshKey a private key without a passphrase
 * @param knownHosts the keys of SSH servers, as {@code ssh-keyscan} prints them; {@link #SYSTEM_HOSTS} when left out
 * @param caFile certificates in PEM of who may vouch for an HTTPS server, instead of those that the Java platform trusts
 */
public record Access(
        Optional<String> username,
        Optional<Secret> password,
        Optional<Path> sshKey,
        Optional<Path> knownHosts,
        Optional<Path> caFile) {
    /** For what everybody may read. */
    public static final Access ANONYMOUS =
            new Access(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static final Path SYSTEM_HOSTS = Path.of("/etc/ssh/ssh_known_hosts");
    private static final String USER = "git";
    private static final String PUT = "Put it there, readable by the account of Converge alone.";

    /**
     * The password or token in a file; white space at its end does not count.
     *
     * @throws ResourceFailure when it cannot be read, there is none, or every account can get at it
     */
    public static Secret passwordIn(Path file) {
        String password;
        try {
            requireKept(file);
            password = Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new ResourceFailure("The password in " + file + " cannot be read.", PUT);
        }
        if (password.isEmpty()) {
            throw new ResourceFailure("The file " + file + " should have the password, and is empty.", PUT);
        }
        return Secret.of(password);
    }

    private static void requireKept(Path file) throws IOException {
        if (FileReach.of(file) == FileReach.EVERYBODY) {
            throw new ResourceFailure(
                    "The password in " + file + " is not used: every account can read or write it.",
                    "Run chmod 600 " + file + ", and take another password if somebody may have seen it.");
        }
    }

    String user() {
        return username.orElse(USER);
    }

    /** The file of those that are known. */
    public Path hosts() {
        return knownHosts.orElse(SYSTEM_HOSTS);
    }

    /** A text in which the password may be, without it. */
    String masked(String text) {
        return password.filter(secret -> !secret.reveal().isEmpty())
                .map(secret -> text.replace(secret.reveal(), Secret.MASK))
                .orElse(text);
    }
}
