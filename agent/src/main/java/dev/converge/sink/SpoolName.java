package dev.converge.sink;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** The folder in which reports to an address wait: the same as long as the address is the same. */
final class SpoolName {
    /** All of them, as a pattern of names. */
    static final String FORM = "http-*";

    private static final int DIGITS = 12;

    private SpoolName() {}

    /** @param taken those of other sinks, which may send to the same address */
    static String of(URI url, Set<String> taken) {
        String first = of(url);
        String name = first;
        for (int more = 2; taken.contains(name); more++) {
            name = first + "-" + more;
        }
        return name;
    }

    private static String of(URI url) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256").digest(url.toString().getBytes(StandardCharsets.UTF_8));
            return "http-" + url.getHost().replaceAll("[^A-Za-z0-9.-]", "-") + "-"
                    + HexFormat.of().formatHex(sum).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
