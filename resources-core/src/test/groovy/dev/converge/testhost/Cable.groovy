package dev.converge.testhost

/** A network of two: the machine, and a namespace on it. */
final class Cable {
    /** What each end of it is called. */
    private final String name
    /** The machine's address, for the namespace. */
    final String machine
    /** The namespace's address, for the machine. */
    final String inside

    private Cable(String name, String machine, String inside) {
        this.name = name
        this.machine = machine
        this.inside = inside
    }

    /** The one of a claim. Its addresses are from a range that nobody routes: RFC 2544, 198.18.0.0/15. */
    static Cable of(Claim claim) {
        def number = claim.name.hashCode() & 0x3fff
        def network = { int host -> "198.18.${number >> 6 & 0xff}.${(number << 2 & 0xfc) + host}" as String }
        new Cable("cvg${Integer.toHexString(number)}", network(1), network(2))
    }

    /** @param process one of the namespace */
    void plugIn(long process) {
        Shell.must(['ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'machine', 'netns', process])
        plug(['ip'], machine, name)
        plug(['nsenter', '-t', process, '-n', 'ip'], inside, 'machine')
    }

    /** The kernel would do it too, some time after the namespace's last process has ended. */
    void unplug() {
        Shell.run(['ip', 'link', 'delete', name])
    }

    private static void plug(List<?> ip, String address, String end) {
        Shell.must([*ip, 'address', 'add', "$address/30", 'dev', end])
        Shell.must([*ip, 'link', 'set', end, 'up'])
    }
}
