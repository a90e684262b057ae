package dev.converge.host;

/**
 * What a host is called.
 *
 * @param hostname without its domain
 * @param domain empty text when there is none
 */
record HostNames(String hostname, String domain) {
    /**
     * The names from the kernel and from {@code /etc}. A name service is never asked: it may not answer, and a fact
     * must not wait for a network.
     */
    static HostNames read(SystemFiles files) {
        String name = files.text("/proc/sys/kernel/hostname");
        if (name.isEmpty()) {
            name = files.text("/etc/hostname");
        }
        if (name.isEmpty()) {
            name = "localhost";
        }
        String full = name.indexOf('.') > 0 ? name : inHostsFile(files, name);
        int dot = full.indexOf('.');
        return dot > 0
                ? new HostNames(full.substring(0, dot), full.substring(dot + 1))
                : new HostNames(name, resolverDomain(files));
    }

    String fqdn() {
        return domain.isEmpty() ? hostname : hostname + "." + domain;
    }

    /** The name with a domain that stands beside the short one in hosts(5); the short one when there is none. */
    private static String inHostsFile(SystemFiles files, String name) {
        for (String line : files.lines("/etc/hosts")) {
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
            for (int i = 1; i < words.length; i++) {
                if (words[i].startsWith(name + ".") && !words[i].startsWith("localhost.")) {
                    return words[i];
                }
            }
        }
        return name;
    }

    /** The last {@code domain} of resolv.conf(5), or the first of the names that {@code search} lists. */
    private static String resolverDomain(SystemFiles files) {
        String domain = "";
        for (String line : files.lines("/etc/resolv.conf")) {
            String[] words = line.strip().split("\\s+");
            if (words.length > 1 && (words[0].equals("domain") || words[0].equals("search"))) {
                domain = words[1].equals(".") ? "" : words[1];
            }
        }
        return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }
}
