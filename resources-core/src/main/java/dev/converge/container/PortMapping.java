package dev.converge.container;

import dev.converge.model.InvalidValueException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of a container that the host answers at: {@code 8080:80}, {@code 127.0.0.1:53:53/udp}, {@code [::1]:80:80}.
 *
 * @param address the host's address; every one when empty
 * @param hostPort empty: the engine picks a free one
 * @param containerPort in the container
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 */
public record PortMapping(Optional<String> address, Optional<Integer> hostPort, int containerPort, String protocol) {
    private static final String ADVICE =
            "Write it as [address:]port[:container port][/udp], such as '8080:80' or '127.0.0.1:53:53/udp'.";
    private static final Pattern MAPPING = Pattern.compile(
            "(?:(?:(?<address>[0-9.]+|\\[[0-9a-fA-F:.]+\\]):)?(?<host>[0-9]*):)?(?<container>[0-9]+)(?:/(?<protocol>tcp|udp|sctp))?");

    /** @throws InvalidValueException when it is no mapping of one port */
    public static PortMapping parse(String text) {
        Matcher parts = MAPPING.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is no port of a container.",
                    text.indexOf('-') > 0 ? "Write each port of the range alone." : ADVICE);
        }
        Optional<String> address = Optional.ofNullable(parts.group("address")).flatMap(PortMapping::specific);
        Optional<Integer> host = Optional.ofNullable(parts.group("host"))
                .filter(word -> !word.isEmpty())
                .map(word -> port(text, word));
        String protocol = Optional.ofNullable(parts.group("protocol")).orElse("tcp");
        return new PortMapping(address, host, port(text, parts.group("container")), protocol);
    }

    /** An address without brackets; those that stand for every address are none. */
    static Optional<String> specific(String address) {
        String bare = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
        return bare.isEmpty() || bare.equals("0.0.0.0") || bare.equals("::") ? Optional.empty() : Optional.of(bare);
    }

    private static int port(String text, String digits) {
        int number = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        if (number < 1 || number > 65535) {
            throw new InvalidValueException(
                    "In \"" + text + "\", " + digits + " is no port.", "Ports are numbers from 1 to 65535.");
        }
        return number;
    }

    /** How the API names the container's side: {@code 80/tcp}. */
    String containerSide() {
        return containerPort + "/" + protocol;
    }

    /** Whether an engine may have made the other one of this: the same, or a port of its own choice. */
    boolean allows(PortMapping other) {
        return equals(other)
                || (hostPort.isEmpty()
                        && other.containerSide().equals(containerSide())
                        && other.address.equals(address));
    }

    @Override
    public String toString() {
        String host = address.map(text -> (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":")
                        .orElse("")
                + hostPort.map(String::valueOf).orElse("");
        String container = protocol.equals("tcp") ? String.valueOf(containerPort) : containerSide();
        return host.isEmpty() ? container : host + ":" + container;
    }
}
