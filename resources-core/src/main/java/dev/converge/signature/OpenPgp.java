package dev.converge.signature;

import java.nio.file.Path;

/** Verifies OpenPGP signatures. Public because {@link dev.converge.separate.SeparateLibrary} loads who does it beside the rest of the package. */
public interface OpenPgp {
    /**
     * Looks at a signature.
     *
     * @param file where the keys are from
     * @throws dev.converge.provider.ResourceFailure when the keys cannot be read
     */
    Verdict verify(SignedObject object, Path file, byte[] keys);
}
