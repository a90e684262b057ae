/** The lines of dnsmasq.conf that a {@link Provisioning} asks for. */
class ProvisioningLines {
    private final Provisioning wanted
    private final ProvisioningTable table

    ProvisioningLines(Provisioning wanted, ProvisioningTable table) {
        this.wanted = wanted
        this.table = table
    }

    /** Headings with their lines; those without lines are left out. */
    Map<String, List<String>> sections() {
        Map<String, List<String>> all = [
            'Where it answers': where(),
            'Names': names(),
            'Hosts': repeated('host-record', table.records()),
            'Addresses': addresses(),
            'Fixed addresses': wanted.dhcpRange == null ? [] : repeated('dhcp-host', table.leases()),
            'Booting: iPXE comes by TFTP, then asks again and gets its script': booting(),
            'More': more(),
        ]
        all.findAll { heading, lines -> !lines.isEmpty() }
    }

    private List<String> where() {
        wanted.interfaces.isEmpty() ? [] : repeated('interface', ['lo'] + wanted.interfaces) + [wanted.binding]
    }

    /** Nobody else knows the domain, nor whose the addresses of private networks are. */
    private List<String> names() {
        List<String> all = ['domain-needed', 'bogus-priv', "domain=${wanted.domain}".toString(), "local=/${wanted.domain}/".toString(), 'expand-hosts',
            "cache-size=${wanted.cacheSize}".toString(), "local-ttl=${wanted.localTtl}".toString()]
        wanted.upstream.isEmpty() ? all : all + ['no-resolv'] + repeated('server', wanted.upstream)
    }

    private List<String> addresses() {
        if (wanted.dhcpRange == null) {
            return []
        }
        List<String> all = ["dhcp-range=${[wanted.dhcpRange, wanted.netmask, wanted.leaseTime].findAll { one -> one != null }.join(',')}".toString()]
        if (wanted.authoritative) {
            all << 'dhcp-authoritative'
        }
        if (wanted.gateway != null) {
            all << "dhcp-option=option:router,${wanted.gateway}".toString()
        }
        if (!wanted.dnsServers.isEmpty()) {
            all << "dhcp-option=option:dns-server,${wanted.dnsServers.join(',')}".toString()
        }
        all + wanted.dhcpOptions.collect { option, given -> "dhcp-option=${option},${given instanceof List ? given.join(',') : given}".toString() }
    }

    /** 175 is iPXE's own option; the numbers of architectures are those of RFC 4578 with its errata. */
    private List<String> booting() {
        if (wanted.serveUrl == null) {
            return []
        }
        [
            'enable-tftp',
            "tftp-root=${wanted.tftpRoot}".toString(),
            'dhcp-match=set:ipxe,175',
            'dhcp-match=set:efi,option:client-arch,7',
            'dhcp-match=set:efi,option:client-arch,9',
            'dhcp-boot=tag:!ipxe,tag:!efi,undionly.kpxe',
            'dhcp-boot=tag:!ipxe,tag:efi,snponly.efi',
            'dhcp-boot=tag:ipxe,boot.ipxe',
        ]
    }

    private List<String> more() {
        wanted.settings.collectMany { key, given ->
            given == true ? [key] : given == false ? [] : repeated(key, (given instanceof List ? given as List<Object> : [given])*.toString())
        }
    }

    private static List<String> repeated(String key, List<String> values) {
        values.collect { one -> "${key}=${one}".toString() }
    }
}
