package dev.converge.aptrepository;

import dev.converge.provider.ResourceFailure;
import java.nio.charset.StandardCharsets;

/** How an OpenPGP public key is written: RFC 4880, sections 4.2 and 6.2. */
enum KeyForm {
    ARMORED(".asc"),
    BINARY(".gpg");

    static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private static final String END = "-----END PGP PUBLIC KEY BLOCK-----";
    private static final String PRIVATE = "-----BEGIN PGP PRIVATE KEY BLOCK-----";

    private static final int PACKET = 0x80;
    private static final int NEW_FORMAT = 0x40;
    private static final int PUBLIC_KEY = 6;
    private static final int KEYBOX_MARK = 8;

    private final String suffix;

    KeyForm(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }

    /**
     * That of a key.
     *
     * @param from where the key is from, for the failure
     * @throws ResourceFailure when it is no public key
     */
    static KeyForm of(byte[] key, String from) {
        String text = new String(key, StandardCharsets.ISO_8859_1);
        if (text.contains(PRIVATE)) {
            throw new ResourceFailure(
                    from + " is a private key, which nobody should have here.",
                    "Give what 'gpg --export --armor' writes.");
        }
        if (text.contains(BEGIN)) {
            if (!text.contains(END)) {
                throw new ResourceFailure(from + " ends in the middle of a key.", "Copy all of it, its END line too.");
            }
            return ARMORED;
        }
        if (text.startsWith("KBXf", KEYBOX_MARK)) {
            throw new ResourceFailure(
                    from + " is a keybox of GnuPG, which apt cannot read.", "Give what 'gpg --export' writes.");
        }
        if (key.length == 0 || tag(key[0]) != PUBLIC_KEY) {
            throw new ResourceFailure(
                    from + " is no OpenPGP public key.",
                    "Give what 'gpg --export' writes; look whether it is a web page.");
        }
        return BINARY;
    }

    /** -1 where no packet begins. */
    private static int tag(byte first) {
        if ((first & PACKET) == 0) {
            return -1;
        }
        return (first & NEW_FORMAT) != 0 ? first & 0x3f : (first & 0x3c) >> 2;
    }
}
