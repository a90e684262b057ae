package dev.converge.host;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The {@code networking} facts; a class of its own, as Java's network classes are slow to load. */
final class NetworkFacts {
    private NetworkFacts() {}

    static Map<String, Object> read(SystemFiles files, String domain) {
        Map<String, Map<String, String>> interfaces = interfaces();
        List<Map<String, String>> preferred = new ArrayList<>();
        defaultRoute(files).map(interfaces::get).ifPresent(preferred::add);
        interfaces.forEach((name, addresses) -> {
            if (!name.equals("lo")) {
                preferred.add(addresses);
            }
        });
        Map<String, Object> networking = new TreeMap<>();
        networking.put("domain", domain);
        networking.put("interfaces", Collections.unmodifiableMap(interfaces));
        networking.put("ip", first(preferred, "ip"));
        networking.put("ip6", first(preferred, "ip6"));
        networking.put(
                "mac",
                preferred.stream()
                        .filter(addresses -> addresses.containsKey("ip"))
                        .findFirst()
                        .map(addresses -> addresses.getOrDefault("mac", ""))
                        .orElse(""));
        return Collections.unmodifiableMap(networking);
    }

    private static String first(List<Map<String, String>> interfaces, String kind) {
        return interfaces.stream()
                .filter(addresses -> addresses.containsKey(kind))
                .findFirst()
                .map(addresses -> addresses.get(kind))
                .orElse("");
    }

    /** The interface of the default route with the lowest metric; see {@code /proc/net/route} in proc(5). */
    private static Optional<String> defaultRoute(SystemFiles files) {
        String best = "";
        long lowest = Long.MAX_VALUE;
        for (String line : files.lines("/proc/net/route")) {
            String[] columns = line.strip().split("\\s+");
            boolean isDefault = columns.length > 7 && columns[1].equals("00000000") && columns[7].equals("00000000");
            if (isDefault && Long.parseLong(columns[6]) < lowest) {
                best = columns[0];
                lowest = Long.parseLong(columns[6]);
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static Map<String, Map<String, String>> interfaces() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                all.put(one.getName(), addresses(one));
            }
        } catch (SocketException e) {
            throw new UncheckedIOException("cannot list the network interfaces", e);
        }
        return all;
    }

    private static Map<String, String> addresses(NetworkInterface one) throws SocketException {
        Map<String, String> found = new TreeMap<>();
        for (InetAddress address : Collections.list(one.getInetAddresses())) {
            if (address instanceof Inet4Address) {
                found.putIfAbsent("ip", address.getHostAddress());
            } else if (!address.isLinkLocalAddress()) {
                found.putIfAbsent("ip6", Ipv6Text.of(address.getAddress()));
            }
        }
        byte[] hardware = one.getHardwareAddress();
        if (hardware != null) {
            found.put("mac", HexFormat.ofDelimiter(":").formatHex(hardware));
        }
        return Collections.unmodifiableMap(found);
    }
}
