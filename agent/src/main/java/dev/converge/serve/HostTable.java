package dev.converge.serve;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The hosts that may boot from here, found by what they are known by: name, network card or serial number. */
final class HostTable {
    private final Map<String, ServedHost> hosts;
    private final Map<String, ServedHost> known = new HashMap<>();
    private final Set<String> tokens = new HashSet<>();
    private final String vendorData;

    /**
     * @param hosts by name
     * @param vendorData of all of them
     */
    HostTable(Map<String, ServedHost> hosts, String vendorData) {
        this.hosts = new LinkedHashMap<>(hosts);
        this.vendorData = vendorData;
        Map<String, Integer> namesakes = new HashMap<>();
        hosts.values().forEach(host -> namesakes.merge(folded(host.shortName()), 1, Integer::sum));
        hosts.values().forEach(host -> addOthers(host, namesakes));
        hosts.values().forEach(host -> known.put(folded(host.name()), host));
        hosts.values().forEach(host -> host.token().ifPresent(token -> tokens.add(Tokens.digest(token.reveal()))));
    }

    /** Names count most; the short one only where no two hosts share it. */
    private void addOthers(ServedHost host, Map<String, Integer> namesakes) {
        host.serial().ifPresent(serial -> known.put(folded(serial), host));
        host.macs().forEach(mac -> known.put(mac, host));
        String name = folded(host.shortName());
        if (namesakes.get(name) == 1) {
            known.put(name, host);
        }
    }

    /** @param word a name, with its domain or without, a network card, {@code 52-54-00-00-00-05} too, or a serial number */
    Optional<ServedHost> find(String word) {
        String folded = folded(word);
        ServedHost found = known.get(folded);
        return Optional.ofNullable(found == null ? known.get(folded.replace('-', ':')) : found);
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Whether a word is some host's token, which nobody may see in a log. */
    boolean isToken(String word) {
        return tokens.contains(Tokens.digest(word));
    }

    Collection<ServedHost> all() {
        return hosts.values();
    }

    /** How many there are, in words. */
    String counted() {
        return hosts.size() == 1 ? "1 host" : hosts.size() + " hosts";
    }

    String vendorData() {
        return vendorData;
    }
}
