package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import dev.converge.vault.FileReach;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.KeyPasswordProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/**
 * Connections by SSH: with one key, to hosts that are known, and with nothing of the account's own configuration. With
 * {@link KnownHosts} alone it uses the library for that.
 */
final class SshLine implements Line {
    /** Where nothing is: neither configuration nor keys are looked for in an account's folder. */
    private static final File NOWHERE = new File("/nonexistent");

    private static final Pattern PUBLIC = Pattern.compile("(sk-)?(ssh|ecdsa)-\\S+ ");
    private static final int LONGEST_NAME = 64;

    private final AtomicReference<ResourceFailure> refusal = new AtomicReference<>();
    private final SshdSessionFactory sessions;

    SshLine(Access access) {
        Path key = access.sshKey()
                .orElseThrow(() -> new ResourceFailure(
                        "No key was given for a repository that is reached by SSH.",
                        "Give sshKey: the file of a private key that the server knows, without a passphrase."));
        requireReadable(key);
        requirePrivate(key);
        requireOwn(key);
        this.sessions = new SshdSessionFactoryBuilder()
                .setPreferredAuthentications("publickey")
                .setHomeDirectory(NOWHERE)
                .setSshDirectory(NOWHERE)
                .setConfigStoreFactory((home, config, user) -> null)
                .setDefaultIdentities(folder -> List.of(key))
                .setKeyPasswordProvider(asked -> new NoPassphrase(key))
                .setServerKeyDatabase((home, folder) -> new KnownHosts(access.hosts(), refusal))
                .setConnectorFactory(null)
                .build(null);
    }

    private static void requireReadable(Path key) {
        if (!Files.isReadable(key)) {
            throw new ResourceFailure(
                    "The SSH key " + key + " is not there, or cannot be read.",
                    "Make one, and give its public half to the server: ssh-keygen -t ed25519 -N '' -f " + key);
        }
    }

    /** The two halves lie side by side, and their names differ little. */
    private static void requirePrivate(Path key) {
        try (InputStream in = Files.newInputStream(key)) {
            String start = new String(in.readNBytes(LONGEST_NAME), StandardCharsets.US_ASCII);
            if (PUBLIC.matcher(start).lookingAt()) {
                throw new ResourceFailure(
                        "The SSH key " + key + " is a public key, not a private key.",
                        "Name the other half: the file without .pub.");
            }
        } catch (IOException e) {
            throw new ResourceFailure(
                    "The SSH key " + key + " cannot be read.", "Name the file of a private key without a passphrase.");
        }
    }

    /** As ssh(1) does: whoever else can read it is the host to the server. */
    private static void requireOwn(Path key) {
        try {
            if (FileReach.of(key) != FileReach.OWNER) {
                throw new ResourceFailure(
                        "The SSH key " + key + " is not used: other accounts can read or write it.",
                        "Give it to this account alone, and make another one if somebody may have seen it: chmod 600 "
                                + key);
            }
        } catch (IOException e) {
            throw new ResourceFailure(
                    "The rights of the SSH key " + key + " cannot be read.", "Put it into a folder of this host.");
        }
    }

    @Override
    public void configure(Transport transport) {
        if (transport instanceof SshTransport ssh) {
            ssh.setSshSessionFactory(sessions);
        }
    }

    @Override
    public void cut() {
        sessions.close();
    }

    @Override
    public Optional<ResourceFailure> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    /** Public because it is made by {@link dev.converge.separate.SeparateLibrary}. */
    public static final class Maker implements Line.Maker {
        static {
            // That the library is not there can be said now, and not in the middle of a connection.
            Objects.requireNonNull(SshdSessionFactory.class);
        }

        @Override
        public Line to(Access access) {
            return new SshLine(access);
        }
    }

    /** Nobody is there to be asked for one. */
    private final class NoPassphrase implements KeyPasswordProvider {
        private final Path key;

        NoPassphrase(Path key) {
            this.key = key;
        }

        @Override
        public char[] getPassphrase(URIish uri, int attempt) throws IOException {
            ResourceFailure failure = new ResourceFailure(
                    "The SSH key " + key + " has a passphrase, and nobody is there to be asked for it.",
                    "Use a key without one, for this purpose alone: ssh-keygen -t ed25519 -N '' -f " + key);
            refusal.compareAndSet(null, failure);
            throw new IOException(failure.getMessage());
        }

        @Override
        public void setAttempts(int attempts) {
            // one is enough
        }

        @Override
        public boolean keyLoaded(URIish uri, int attempt, Exception error) {
            return false;
        }
    }
}
