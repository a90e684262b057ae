/** The table of hosts, looked through for what cannot be. */
class ProvisioningTable {
    private static final List<String> WORDS = ['ip', 'ip6', 'mac', 'aliases']

    final String domain
    final Map<String, Map<String, Object>> hosts

    ProvisioningTable(String domain, Map<String, Map<String, Object>> hosts) {
        this.domain = domain
        this.hosts = hosts
    }

    List<String> mistakes() {
        List<String> all = hosts.collectMany { name, words -> of(name, words) }
        all.addAll(twice('address', hosts.collectMany { name, words -> texts(words['ip']) + texts(words['ip6']) }))
        all.addAll(twice('MAC address', hosts.collectMany { name, words -> macs(name) }))
        all.addAll(twice('name', hosts.collectMany { name, words -> [name.toLowerCase()] + texts(words['aliases'])*.toLowerCase() }))
        all
    }

    private static List<String> of(String name, Map<String, Object> words) {
        List<String> all = []
        def unknown = words.keySet().find { word -> !WORDS.contains(word) }
        if (unknown != null) {
            all << "the host $name has \"${unknown}\"; a host takes ${WORDS.join(', ')}.".toString()
        }
        if (words['ip'] == null) {
            all << "the host $name needs an ip.".toString()
        }
        ([name] + texts(words['aliases'])).findAll { text -> !(text ==~ /[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?/) }.each { text ->
            all << "\"${text}\" is no name of a host, which has letters, digits and - alone, and no domain.".toString()
        }
        texts(words['ip']).findAll { text -> !(text ==~ /(\d{1,3}\.){3}\d{1,3}/ && text.tokenize('.').every { part -> part.toInteger() < 256 }) }.each { text ->
            all << "the ip of $name is \"${text}\", not an address such as 10.0.0.5.".toString()
        }
        texts(words['ip6']).findAll { text -> !(text ==~ /[0-9a-fA-F:]*:[0-9a-fA-F:]*/) }.each { text ->
            all << "the ip6 of $name is \"${text}\", not an address such as fd00::5.".toString()
        }
        texts(words['mac']).findAll { text -> !(text ==~ /([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}/) }.each { text ->
            all << "the mac of $name is \"${text}\", not an address such as 52:54:00:12:34:56.".toString()
        }
        all
    }

    private static List<String> twice(String what, List<String> all) {
        all.countBy { one -> one }.findAll { one, times -> times > 1 }.collect { one, times -> "the $what $one is there twice.".toString() }
    }

    List<String> macs(String host) {
        texts(hosts[host]['mac'])*.toLowerCase()
    }

    /** {@code host-record}s: each gives an address for its names, and the first name for the address. */
    List<String> records() {
        hosts.collect { name, words ->
            def names = ([name] + texts(words['aliases'])).collectMany { one -> ["${one}.${domain}".toString(), one] }
            (names + texts(words['ip']) + texts(words['ip6'])).join(',')
        }
    }

    /** {@code dhcp-host}s: the fixed addresses. */
    List<String> leases() {
        hosts.keySet().findAll { name -> !macs(name).isEmpty() }.collect { name ->
            (macs(name) + texts(hosts[name]['ip']) + [name]).join(',')
        }
    }

    private static List<String> texts(Object given) {
        given == null ? [] : given instanceof List ? (given as List<Object>)*.toString() : [given.toString()]
    }
}
