package dev.converge.signature;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key as SSH writes it: RFC 4253 section 6.6, RFC 5656, RFC 8709, and OpenSSH's PROTOCOL.u2f for those of a
 * security key.
 */
record SshKey(String type, byte[] blob) {
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int ED25519_LENGTH = 32;
    private static final int WEAKEST_RSA = 2048;

    static boolean isType(String word) {
        return word.matches("(sk-)?(ssh|ecdsa)-[a-z0-9-]+(@openssh\\.com)?");
    }

    /** @throws IllegalArgumentException with a clause that says what is wrong */
    static SshKey parse(String type, String base64) {
        try {
            SshKey key = of(Base64.getDecoder().decode(base64));
            if (!key.type.equals(type)) {
                throw new IllegalArgumentException("the key is of type " + key.type + ", not " + type);
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its key cannot be read", e);
        }
    }

    /** @throws IllegalArgumentException when it is none */
    static SshKey of(byte[] blob) {
        return new SshKey(new SshReader(blob).text(), blob);
    }

    boolean isCertificate() {
        return type.contains("-cert-v01");
    }

    /** Whether it is in a device that signs other data than a plain key does. */
    boolean isOfDevice() {
        return type.startsWith("sk-");
    }

    /** As {@code ssh-keygen -l} shows it. */
    String fingerprint() {
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sha256(blob));
    }

    /** What a device says that it signs for; part of the key. */
    byte[] application() {
        SshReader reader = new SshReader(blob);
        reader.text();
        if (type.startsWith("sk-ecdsa")) {
            reader.bytes();
        }
        reader.bytes();
        return reader.bytes();
    }

    /** @throws GeneralSecurityException when it is of a type, or a strength, that does not do */
    PublicKey java() throws GeneralSecurityException {
        SshReader reader = new SshReader(blob);
        reader.text();
        return switch (type) {
            case "ssh-ed25519", "sk-ssh-ed25519@openssh.com" -> ed25519(reader.bytes());
            case "ssh-rsa" -> rsa(reader);
            case "ecdsa-sha2-nistp256",
                    "ecdsa-sha2-nistp384",
                    "ecdsa-sha2-nistp521",
                    "sk-ecdsa-sha2-nistp256@openssh.com" -> ecdsa(reader.text(), reader.bytes());
            default -> throw new GeneralSecurityException("keys of type " + type + " are not known");
        };
    }

    private static PublicKey ed25519(byte[] key) throws GeneralSecurityException {
        if (key.length != ED25519_LENGTH) {
            throw new GeneralSecurityException("the key has a wrong length");
        }
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + key.length);
        System.arraycopy(key, 0, encoded, ED25519_PREFIX.length, key.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static PublicKey rsa(SshReader reader) throws GeneralSecurityException {
        BigInteger exponent = reader.number();
        BigInteger modulus = reader.number();
        if (modulus.bitLength() < WEAKEST_RSA) {
            throw new GeneralSecurityException("an RSA key of " + modulus.bitLength() + " bits is too weak");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static PublicKey ecdsa(String curve, byte[] point) throws GeneralSecurityException {
        int length = (point.length - 1) / 2;
        if (point.length < 3 || point[0] != 4) {
            throw new GeneralSecurityException("the key's point is not written out");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve.replace("nistp", "secp") + "r1"));
        ECPoint w = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + length)),
                new BigInteger(1, Arrays.copyOfRange(point, 1 + length, point.length)));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(w, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
