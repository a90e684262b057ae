package dev.converge.signature;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * A signature that {@code ssh-keygen -Y sign} has made, as Git does with {@code gpg.format ssh}; see OpenSSH's
 * PROTOCOL.sshsig and PROTOCOL.u2f.
 *
 * @param algorithm how the digest was signed
 * @param value the signature itself
 * @param device what a security key adds to it: flags and counter
 */
record SshSignature(SshKey key, String namespace, String hash, String algorithm, byte[] value, byte[] device) {
    private static final String MAGIC = "SSHSIG";
    private static final int DEVICE_PART = 5;
    private static final int USER_PRESENT = 1;
    private static final Map<String, String> HASHES = Map.of("sha256", "SHA-256", "sha512", "SHA-512");
    private static final Map<String, String> ALGORITHMS = Map.of(
            "ssh-ed25519", "Ed25519",
            "sk-ssh-ed25519@openssh.com", "Ed25519",
            "rsa-sha2-256", "SHA256withRSA",
            "rsa-sha2-512", "SHA512withRSA",
            "ecdsa-sha2-nistp256", "SHA256withECDSAinP1363Format",
            "sk-ecdsa-sha2-nistp256@openssh.com", "SHA256withECDSAinP1363Format",
            "ecdsa-sha2-nistp384", "SHA384withECDSAinP1363Format",
            "ecdsa-sha2-nistp521", "SHA512withECDSAinP1363Format");

    static Verdict verify(SignedObject object, AllowedSigners allowed) {
        try {
            SshSignature signature = parse(object.signature().orElseThrow());
            if (signature.key.isCertificate()) {
                return new Verdict.Untrusted(
                        "it is signed with an SSH certificate, and certificates are not followed to their authority",
                        "Sign it with a plain key, and put that one into " + allowed.file() + ".");
            }
            if (!signature.isOf(object.bytes())) {
                return broken("does not belong to what it says");
            }
            return allowed.whoHas(signature.key, object.time());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return broken("cannot be read: " + e.getMessage());
        }
    }

    private static Verdict broken(String how) {
        return new Verdict.Untrusted(
                "its SSH signature " + how,
                "Find out who changed it; sign it anew with git commit --amend --no-edit -S only if it is right.");
    }

    private static SshSignature parse(String armored) {
        String base64 = armored.replaceAll("-----(BEGIN|END) SSH SIGNATURE-----|\\s", "");
        SshReader reader = new SshReader(Base64.getDecoder().decode(base64));
        String magic = new String(reader.raw(MAGIC.length()), StandardCharsets.US_ASCII);
        if (!magic.equals(MAGIC) || reader.number32() != 1) {
            throw new IllegalArgumentException("it is of a form that is not known");
        }
        SshKey key = SshKey.of(reader.bytes());
        String namespace = reader.text();
        reader.bytes(); // reserved
        String hash = reader.text();
        SshReader inner = new SshReader(reader.bytes());
        String algorithm = inner.text();
        byte[] value = inner.bytes();
        byte[] device = key.isOfDevice() ? inner.raw(DEVICE_PART) : new byte[0];
        if (!reader.isAtEnd() || !inner.isAtEnd()) {
            throw new IllegalArgumentException("there is more behind it");
        }
        return new SshSignature(key, namespace, hash, algorithm, value, device);
    }

    private boolean isOf(byte[] payload) throws GeneralSecurityException {
        boolean fits = key.type().equals("ssh-rsa") ? algorithm.startsWith("rsa-sha2-") : algorithm.equals(key.type());
        if (!namespace.equals(AllowedSigners.NAMESPACE) || !fits || !ALGORITHMS.containsKey(algorithm)) {
            throw new GeneralSecurityException(
                    "it is for \"" + namespace + "\" by " + algorithm + " of a key of type " + key.type());
        }
        if (!HASHES.containsKey(hash)) {
            throw new GeneralSecurityException("its digest \"" + hash + "\" is not known");
        }
        Signature verifier = Signature.getInstance(ALGORITHMS.get(algorithm));
        verifier.initVerify(key.java());
        verifier.update(signed(MessageDigest.getInstance(HASHES.get(hash)).digest(payload)));
        return verifier.verify(algorithm.contains("ecdsa") ? fixedLength() : value);
    }

    private byte[] signed(byte[] digest) throws GeneralSecurityException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : new byte[][] {ascii(namespace), new byte[0], ascii(hash), digest}) {
            message.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            message.writeBytes(part);
        }
        return key.isOfDevice() ? ofDevice(message.toByteArray()) : message.toByteArray();
    }

    private byte[] ofDevice(byte[] message) throws GeneralSecurityException {
        if ((device[0] & USER_PRESENT) == 0) {
            throw new GeneralSecurityException("nobody touched the security key");
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(SshKey.sha256(key.application()));
        signed.writeBytes(device);
        signed.writeBytes(SshKey.sha256(message));
        return signed.toByteArray();
    }

    /** Both numbers of an ECDSA signature, each as long as the curve's. */
    private byte[] fixedLength() {
        int length = algorithm.contains("521") ? 66 : algorithm.contains("384") ? 48 : 32;
        SshReader reader = new SshReader(value);
        byte[] both = new byte[2 * length];
        for (int i = 0; i < 2; i++) {
            byte[] number = unsigned(reader.number());
            if (number.length > length) {
                throw new IllegalArgumentException("its numbers are too large");
            }
            System.arraycopy(number, 0, both, (i + 1) * length - number.length, number.length);
        }
        return both;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
