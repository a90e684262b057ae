package dev.converge.host;

/** IPv6 addresses as everything but Java writes them: {@code fd00::2}; see RFC 5952. */
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    /** @param address sixteen bytes */
    static String of(byte[] address) {
        int start = 0;
        int length = 1;
        for (int at = 0; at < GROUPS; at++) {
            int zeros = zerosFrom(address, at);
            if (zeros > length) {
                start = at;
                length = zeros;
            }
        }
        if (length == 1) {
            return groups(address, 0, GROUPS);
        }
        return groups(address, 0, start) + "::" + groups(address, start + length, GROUPS);
    }

    private static int zerosFrom(byte[] address, int from) {
        int at = from;
        while (at < GROUPS && group(address, at) == 0) {
            at++;
        }
        return at - from;
    }

    private static String groups(byte[] address, int from, int to) {
        StringBuilder out = new StringBuilder();
        for (int at = from; at < to; at++) {
            out.append(at == from ? "" : ":").append(Integer.toHexString(group(address, at)));
        }
        return out.toString();
    }

    private static int group(byte[] address, int at) {
        return (address[2 * at] & 0xff) << 8 | (address[2 * at + 1] & 0xff);
    }
}
