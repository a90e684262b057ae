package dev.converge.signature;

import dev.converge.process.Authors;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose signatures count. The files are read each time: who is taken out of them is no longer trusted from then on.
 *
 * @param allowedSigners SSH keys in the form of ssh-keygen(1), ALLOWED SIGNERS
 * @param pgpKeys OpenPGP public keys as {@code gpg --export} writes them, with {@code --armor} or without
 */
public record Signers(Optional<Path> allowedSigners, Optional<Path> pgpKeys) {
    private static final String SSH = "-----BEGIN SSH SIGNATURE-----";
    private static final String PGP = "-----BEGIN PGP SIGNATURE-----";
    private static final long LARGEST = 16 << 20;

    /** Whether signatures are asked for at all. */
    public boolean areAsked() {
        return allowedSigners.isPresent() || pgpKeys.isPresent();
    }

    /**
     * Looks at a signature.
     *
     * @throws ResourceFailure when a file of keys cannot be read
     */
    public Verdict verify(SignedObject object) {
        if (object.signature().isEmpty()) {
            return new Verdict.Untrusted(
                    "it is not signed",
                    "Sign it: git commit --amend --no-edit -S, with a key that " + files() + " has.");
        }
        String signature = object.signature().get();
        if (signature.startsWith(SSH)) {
            return allowedSigners.isPresent()
                    ? SshSignature.verify(
                            object, AllowedSigners.parse(allowedSigners.get(), text(allowedSigners.get())))
                    : notConfigured("an SSH key", "allowedSigners");
        }
        if (signature.startsWith(PGP)) {
            return pgpKeys.isPresent()
                    ? OpenPgpSignature.verify(object, pgpKeys.get(), bytes(pgpKeys.get()))
                    : notConfigured("an OpenPGP key", "pgpKeys");
        }
        return new Verdict.Untrusted(
                "its signature is neither of an SSH key nor of an OpenPGP key", "Sign it with one of the two.");
    }

    private Verdict notConfigured(String kind, String key) {
        return new Verdict.Untrusted(
                "it is signed by " + kind + ", and no such keys are trusted here",
                "Sign it with a key that " + files() + " has, or give " + key + ".");
    }

    private String files() {
        return allowedSigners.or(() -> pgpKeys).orElseThrow().toString();
    }

    private static String text(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                throw new ResourceFailure(
                        "The file of trusted keys " + file + " is not there, or not a file of keys.",
                        "Put the keys there of those who may sign.");
            }
            Authors.objection(file).ifPresent(objection -> {
                throw new ResourceFailure(
                        "The file of trusted keys " + file + " " + objection + ".",
                        "Look whose keys are in it, then: chown root " + file + " && chmod go-w " + file);
            });
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ResourceFailure(
                    "The file of trusted keys " + file + " cannot be read: " + e.getMessage() + ".",
                    "Let the agent's account read it.");
        }
    }
}
