package dev.converge.posix;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Password hashes as the host's own login makes and checks them; see crypt(3) and crypt(5). */
public final class Crypt {
    /** {@code crypt} gives a hash by the method and salt of another, or null or {@code *0} when it cannot. */
    interface C extends Library {
        String crypt(String clear, String setting);

        String crypt_gensalt(String prefix, long count, byte[] random, int size);
    }

    // glibc with the older and the newer libxcrypt, and musl, where the C library has it.
    private static final List<String> LIBRARIES = List.of("libcrypt.so.1", "libcrypt.so.2", "crypt", "c");
    private static final String SALT_LETTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SALT_LENGTH = 16;
    private static final C LIBRARY = load();

    private Crypt() {}

    private static C load() {
        UnsatisfiedLinkError missing = null;
        for (String name : LIBRARIES) {
            try {
                return Native.load(name, C.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
            } catch (UnsatisfiedLinkError e) {
                missing = e;
            }
        }
        throw missing;
    }

    /** Whether the clear text gives the hash. */
    public static synchronized boolean verifies(String clear, String hash) {
        String again = hash.startsWith("$") ? LIBRARY.crypt(clear, hash) : null;
        return again != null
                && MessageDigest.isEqual(again.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8));
    }

    /** A new hash by the best method that the host's login knows: yescrypt, else SHA-512. */
    public static synchronized String hash(String clear) {
        String hash = LIBRARY.crypt(clear, setting());
        if (hash == null || !hash.startsWith("$")) {
            throw new IllegalStateException("crypt(3) gave no hash");
        }
        return hash;
    }

    private static String setting() {
        try {
            String yescrypt = LIBRARY.crypt_gensalt("$y$", 0, null, 0);
            if (yescrypt != null && yescrypt.startsWith("$y$")) {
                return yescrypt;
            }
        } catch (UnsatisfiedLinkError e) {
            // Before libxcrypt there was no such function, nor yescrypt.
            return sha512();
        }
        return sha512();
    }

    private static String sha512() {
        SecureRandom random = new SecureRandom();
        StringBuilder salt = new StringBuilder("$6$");
        for (int i = 0; i < SALT_LENGTH; i++) {
            salt.append(SALT_LETTERS.charAt(random.nextInt(SALT_LETTERS.length())));
        }
        return salt.toString();
    }
}
