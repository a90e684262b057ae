package dev.converge.hosts;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of hosts(5) that gives names to an address.
 *
 * @param number which line it is, from 0
 * @param start the address as it is written, with the space around it
 * @param names the canonical name, then the aliases, with the space between them
 * @param rest the comment, with the space before it
 */
record HostsLine(int number, IpAddress ip, String start, String names, String rest) {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern FORM =
            Pattern.compile("(\\s*([^\\s#]+)\\s+)([^#\\s](?:[^#]*[^#\\s])?)(\\s*(?:#.*)?)", Pattern.DOTALL);

    /** Empty when it is a comment, blank, or nothing that the C library reads. */
    static Optional<HostsLine> of(int number, String line) {
        Matcher parts = FORM.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return IpAddress.of(parts.group(2))
                .map(ip -> new HostsLine(number, ip, parts.group(1), parts.group(3), parts.group(4)));
    }

    static HostsLine written(IpAddress ip, List<String> names) {
        return new HostsLine(-1, ip, ip + "\t", String.join(" ", names), "");
    }

    List<String> words() {
        return List.of(SPACE.split(names));
    }

    String canonicalName() {
        return words().get(0);
    }

    boolean names(HostsName name) {
        return words().stream().anyMatch(name::isSame);
    }

    /** What the comment says; empty when there is none. */
    String comment() {
        int sign = rest.indexOf('#');
        return sign < 0 ? "" : rest.substring(sign + 1).strip();
    }

    HostsLine withIp(IpAddress other) {
        return ip.equals(other)
                ? this
                : new HostsLine(number, other, start.replace(ip.toString(), other.toString()), names, rest);
    }

    HostsLine withNames(List<String> others) {
        return words().equals(others) ? this : new HostsLine(number, ip, start, String.join(" ", others), rest);
    }

    HostsLine withComment(String other) {
        if (comment().equals(other)) {
            return this;
        }
        return new HostsLine(number, ip, start, names, other.isEmpty() ? "" : "\t# " + other);
    }

    /** The same without some names; empty when none is left. */
    Optional<HostsLine> without(List<HostsName> gone) {
        List<String> left = words().stream()
                .filter(word -> gone.stream().noneMatch(name -> name.isSame(word)))
                .collect(Collectors.toList());
        return left.isEmpty() ? Optional.empty() : Optional.of(withNames(left));
    }

    /** The line's text. */
    @Override
    public String toString() {
        return start + names + rest;
    }
}
