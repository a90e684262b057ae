/**
 * dnsmasq for a network that machines are installed and booted in: DNS with forward and reverse records, DHCP with fixed
 * addresses, TFTP, and iPXE, which asks {@code converge serve} what each machine shall boot. All of it is from one table.
 *
 * <p>Parts that are not asked for are off: DHCP without a range, booting without an address of {@code converge serve}.
 */
class Provisioning extends Composite {
    static final String JUDGED = 'dnsmasq judges its whole configuration'

    /** The domain of the hosts, such as {@code example.com}. */
    @Matches(/[A-Za-z0-9.-]+/)
    String domain
    /** The table: hosts by name, without the domain, each with ip, and where wanted ip6, mac (one, or several in a list) and aliases: {@code ['web-1': [ip: '10.0.0.5', mac: '52:54:00:00:00:05', aliases: ['www']]]}. */
    Map<String, Map<String, Object>> hosts = [:]
    /** The interfaces that it answers on, besides the loopback; all when left out. */
    @Matches(/[A-Za-z0-9_.:*-]+/)
    List<String> interfaces = []
    /** How it takes hold of them: as they come and go, or once, as the distribution's own dnsmasq.conf may ask. */
    @OneOf(['bind-dynamic', 'bind-interfaces'])
    String binding = 'bind-dynamic'
    /** Servers that other names are asked at, such as 9.9.9.9; those of the host's resolv.conf when left out. */
    @Matches(/[A-Za-z0-9.:%#@\/_-]+/)
    List<String> upstream = []
    /** How many names are remembered. */
    @Between(min = 0, max = 1000000)
    int cacheSize = 1000
    /** Seconds for which others may remember the hosts. */
    @Between(min = 0, max = 604800)
    int localTtl = 60

    /** Addresses for machines that are not in the table, {@code 10.0.0.100,10.0.0.199}, or {@code 10.0.0.0,static} for those in the table alone; without it there is no DHCP. */
    @Matches(/[0-9a-fA-F.:]+,([0-9a-fA-F.:]+|static)/)
    String dhcpRange = null
    /** The network's mask, where the interface does not tell it: with a relay. */
    @Matches(/[0-9.]+/)
    String netmask = null
    /** How long an address is lent, such as 45m, 12h or infinite. */
    @Matches(/\d+[smhdw]?|infinite/)
    String leaseTime = '12h'
    /** The network's way out; this host when left out. */
    @Matches(/[0-9.]+/)
    String gateway = null
    /** DNS servers that machines are told; this host when left out. */
    @Matches(/[0-9.]+/)
    List<String> dnsServers = []
    /** Further options for machines, by name or number: {@code ['option:ntp-server': '10.0.0.1']}. */
    Map<String, Object> dhcpOptions = [:]
    /** Whether it may answer at once, as the only DHCP server of the network. */
    boolean authoritative = true

    /** Where {@code converge serve} is, without a slash at the end: {@code http://10.0.0.1:8069}. With it, machines that boot from the network are sent there. */
    @Matches(/https?:\/\/[A-Za-z0-9.:\[\]\/_-]+[A-Za-z0-9\]_-]/)
    String serveUrl = null
    /** A kernel that all machines boot, by its address; without it, {@code converge serve} says it for each machine, at /HOST/ipxe. */
    @Matches(/\S+/)
    String kernel = null
    /** Its initial RAM disk. */
    @Matches(/\S+/)
    String initrd = null
    /** Its arguments, besides where user-data is. */
    @Matches(/[^\n]*/)
    String kernelArguments = 'ip=dhcp'
    /** The folder of TFTP. */
    @Matches('/[^\\s,]+')
    String tftpRoot = '/srv/tftp'
    /** iPXE for machines with a BIOS and with UEFI, as the package has it. */
    Map<String, String> bootFiles = ['undionly.kpxe': '/usr/lib/ipxe/undionly.kpxe', 'snponly.efi': '/usr/lib/ipxe/snponly.efi']
    /** The package of iPXE; an empty text where bootFiles come from elsewhere. */
    String ipxePackage = 'ipxe'

    /** Further lines of dnsmasq.conf, as dnsmasq(8) names them: {@code ['mx-host': 'example.com,mail.example.com,10']}; true is a line without a value, a list gives one several times. */
    Map<String, Object> settings = [:]
    /** What the distribution's service gives dnsmasq besides its dnsmasq.conf, so that the whole is judged as it is read. */
    List<String> serviceOptions = ['--conf-dir=/etc/dnsmasq.d,.dpkg-dist,.dpkg-old,.dpkg-new']
    /** The package. */
    @NotEmpty
    String packageName = 'dnsmasq'

    void declare() {
        def table = new ProvisioningTable(domain, hosts)
        table.mistakes().each { mistake -> fail "Provisioning: $mistake" }
        if (serveUrl != null && dhcpRange == null) {
            fail 'Provisioning: machines learn from DHCP what to boot, so serveUrl needs dhcpRange.'
        }
        pkg packageName
        directory('/etc/dnsmasq.d') { requires pkg[packageName] }
        def configuration = file('/etc/dnsmasq.d/converge.conf') {
            content template('provisioning/dnsmasq.conf', sections: new ProvisioningLines(this, table).sections())
            owner 'root'
            group 'root'
            mode '0644'
            validate 'dnsmasq', '--test', '--conf-file=%'
            requires pkg[packageName]
        }
        // It was accepted alone; what it means beside the other files of the folder is seen here.
        exec(JUDGED) {
            command(['dnsmasq', '--test'] + serviceOptions)
            refreshOnly true
            subscribes configuration
        }
        service('dnsmasq') {
            running true
            enabled true
            requires exec[JUDGED]
            subscribes configuration
            if (serveUrl != null) {
                requires directory[tftpRoot]
            }
        }
        if (serveUrl != null) {
            booting()
        }
    }

    /** What machines fetch by TFTP. */
    private void booting() {
        if (!ipxePackage.isEmpty()) {
            pkg ipxePackage
        }
        directory(tftpRoot) { mode '0755' }
        bootFiles.each { wanted, from ->
            link("${tftpRoot}/${wanted}") {
                target from
                if (!ipxePackage.isEmpty()) {
                    requires pkg[ipxePackage]
                }
            }
        }
        file("${tftpRoot}/boot.ipxe") {
            content template('provisioning/boot.ipxe', serve: serveUrl, kernel: kernel ?: '', initrd: initrd ?: '', arguments: kernelArguments)
            owner 'root'
            group 'root'
            mode '0644'
        }
    }
}
