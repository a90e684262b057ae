package dev.converge.hosts;

import dev.converge.model.InvalidValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 address; two spellings of one address are equal. */
public final class IpAddress {
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern V6 = Pattern.compile("([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(%[A-Za-z0-9._-]+)?");

    private final String text;
    private final String canonical;

    private IpAddress(String text, String canonical) {
        this.text = text;
        this.canonical = canonical;
    }

    /** @throws InvalidValueException when it is no address */
    public static IpAddress parse(String text) {
        return of(text).orElseThrow(() -> new InvalidValueException(
                "\"" + text + "\" is not an IP address.", "Write one such as '10.0.0.5' or 'fd00::5'."));
    }

    static boolean isOne(String text) {
        return of(text).isPresent();
    }

    static Optional<IpAddress> of(String text) {
        if (V4.matcher(text).matches()) {
            return Optional.of(new IpAddress(text, text));
        }
        var parts = V6.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            // A text with a colon in it is never looked up by name.
            String address = InetAddress.getByName(parts.group(1)).getHostAddress();
            String zone = parts.group(2) == null ? "" : parts.group(2);
            return Optional.of(new IpAddress(text, "v6 " + address + zone));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether both are IPv4, or both IPv6. */
    boolean isOfSameFamily(IpAddress other) {
        return isV6() == other.isV6();
    }

    private boolean isV6() {
        return text.indexOf(':') >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && address.canonical.equals(canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
