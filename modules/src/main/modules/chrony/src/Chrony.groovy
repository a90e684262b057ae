/**
 * A host whose clock is right: chronyd, its configuration, its keys and its service. It takes its time from servers,
 * pools, peers and reference clocks, and serves it to others only when {@code queryhosts} names them.
 *
 * <p>The configuration is this composite's as a whole. chronyd itself judges it before it takes its place, and is
 * restarted when it changes. Parameters are called as chrony.conf(5) calls their directives.
 */
class Chrony extends Composite {
    /** Servers to take the time from, each with its options: {@code ['ntp1.example.com': ['iburst', 'prefer']]}. */
    Map<String, List<String>> servers = [:]
    /** Names that each stand for several servers, with their options; the distribution's own when left out, {@code [:]} for none. */
    Map<String, List<String>> pools = ['pool.ntp.org': ['iburst']]
    /** Hosts that take the time from this one as well as giving it, with their options. */
    Map<String, List<String>> peers = [:]
    /** Reference clocks, each as the directive has it: {@code 'PPS /dev/pps0 lock NMEA refid GPS'}. */
    List<String> refclocks = []
    /** DNS names whose SRV records name servers, such as _ntp._udp.example.com; they are looked up every hour. Needs the units that chrony has for systemd. */
    List<String> dnssrvRecords = []
    /** The package of dig, which looks them up. */
    String dnssrvPackage = 'bind9-dnsutils'
    /** Folders whose *.sources files name more sources. */
    List<String> sourcedir = []
    /** Folders whose *.conf files hold more directives. */
    List<String> confdir = []
    /** How many sources must be selectable before the clock is set. */
    @Between(min = 1, max = 1000)
    Integer minsources = null
    /** How many measurements of a source are kept at least. */
    @Between(min = 1, max = 1000)
    Integer minsamples = null
    /** Seconds that each stratum counts when a source is selected; chrony's own when left out. */
    BigDecimal stratumweight = null
    /** Seconds of root distance from which a source is not used. */
    BigDecimal maxdistance = null
    /** Parts per million of skew from which an estimate is not used. */
    BigDecimal maxupdateskew = null
    /** Which sources count when some are authenticated and some are not. */
    @OneOf(['require', 'prefer', 'mix', 'ignore'])
    String authselectmode = null

    /** A difference of more seconds is stepped over at once, in the first {@code makestepUpdates} updates. */
    BigDecimal makestepSeconds = 10
    /** In how many updates after the start the clock may be stepped; below zero: at any time; 0: never. */
    int makestepUpdates = 3
    /** Parts per million by which the clock is slewed at most. */
    BigDecimal maxslewrate = null
    /** Seconds, then servers: a step before anything else starts; chrony's newer makestep does it better. */
    String initstepslew = null
    /** What smoothtime takes: the served time goes on without a jump, {@code '400 0.001 leaponly'}. */
    String smoothtime = null
    /** How a leap second comes into the clock. */
    @OneOf(['system', 'step', 'slew', 'ignore'])
    String leapsecmode = null
    /** The time zone that knows leap seconds, such as right/UTC. */
    String leapsectz = null
    /** A file that knows leap seconds; chrony 4.6 and later. */
    String leapseclist = null
    /** Where the clock's drift is remembered. */
    @NotEmpty
    String driftfile = '/var/lib/chrony/drift'
    /** Whether the kernel copies the time to the real-time clock. */
    boolean rtcsync = true
    /** Whether the real-time clock is in UTC. */
    boolean rtconutc = false
    /** Interfaces whose hardware stamps packets, with their options; {@code ['*': []]} is all. */
    Map<String, List<String>> hwtimestamps = [:]

    /** Who may ask this host for the time: addresses, networks such as 192.0.2.0/24, or all. None when left out. */
    List<String> queryhosts = []
    /** Who may not, although {@code queryhosts} names a larger network. */
    List<String> denyqueryhosts = []
    /** The UDP port that serves time; 0 serves none. */
    @Between(min = 0, max = 65535)
    Integer port = null
    /** Addresses to serve time on; all when left out. */
    List<String> bindaddress = []
    /** Addresses that requests to servers come from; one of IPv4 and one of IPv6 at most. */
    List<String> bindacqaddress = []
    /** The port that requests to servers come from. */
    @Between(min = 0, max = 65535)
    Integer acquisitionport = null
    /** The stratum to serve time with although nobody gives it to this host; 0 is not to. */
    @Between(min = 0, max = 15)
    int localStratum = 0
    /** Whether several such hosts agree on one of them to follow. */
    boolean localOrphan = false
    /** Whether accesses of clients are remembered. */
    boolean clientlog = false
    /** How many bytes that may take. */
    Integer clientloglimit = null
    /** The socket of a Samba domain controller that signs answers. */
    String ntpsigndsocket = null
    /** The UDP port for NTP over PTP; 0 is none. */
    @Between(min = 0, max = 65535)
    Integer ptpport = null
    /** The PTP domain that this is in. */
    @Between(min = 0, max = 255)
    Integer ptpdomain = null

    /** Addresses or a socket for chronyc. */
    List<String> bindcmdaddress = ['127.0.0.1', '::1']
    /** Who may watch chronyd from afar, in order: {@code 'cmdallow 192.0.2.7'}, {@code 'cmddeny 192.0.2'}. */
    List<String> cmdacl = []
    /** The UDP port for chronyc; 0 is none. */
    @Between(min = 0, max = 65535)
    Integer cmdport = null

    /** The private key of this NTS server. */
    String ntsserverkey = null
    /** Its certificate. */
    String ntsservercert = null
    /** The TCP port of NTS. */
    @Between(min = 1, max = 65535)
    Integer ntsport = null
    /** How many NTS clients each process serves at once. */
    Integer maxntsconnections = null
    /** How many processes serve NTS. */
    Integer ntsprocesses = null
    /** Where cookies and the keys of the NTS server outlive a restart. */
    String ntsdumpdir = null
    /** The NTP server that NTS clients are sent to. */
    String ntsntpserver = null
    /** Seconds after which the NTS server takes a new key. */
    Integer ntsrotate = null
    /** Certificates of authorities that NTS servers are trusted by: a file or a folder. */
    String ntstrustedcerts = null
    /** For how many updates of the clock certificates count although they are not valid yet or any more. */
    Integer nocerttimecheck = null
    /** Whether the system's own authorities are not trusted. */
    boolean nosystemcert = false

    /** Lines of the key file, such as {@code '25 SHA256 HEX:…'}; never shown. */
    List<String> keys = []
    /** The number of the key that {@code chronyPassword} makes. */
    @Between(min = 1, max = 2147483647)
    int commandkey = 1
    /** The secret of that key; no such key when left out. */
    String chronyPassword = null

    /** What is logged to files, as the directive log takes it: {@code 'tracking measurements statistics'}. */
    String logOptions = null
    /** After how many lines a log file repeats its headings. */
    Integer logbanner = null
    /** A difference of more seconds is told to syslog. */
    BigDecimal logchange = 0.5
    /** Who gets mail of a difference of more than {@code threshold} seconds. */
    String mailonchange = null
    /** Seconds for {@code mailonchange}. */
    BigDecimal threshold = 0.5
    /** Where the measurements are kept over a restart. */
    String dumpdir = null
    /** Whether chronyd is kept from being swapped out. */
    boolean lockAll = false
    /** Its real-time priority. */
    @Between(min = 0, max = 100)
    Integer schedPriority = null

    /** The configuration's file. */
    @Matches('/.+')
    String config = '/etc/chrony/chrony.conf'
    /** Its permission bits. */
    String configMode = '0644'
    /** Its template; it is given {@code sections}, a map of headings to lines. */
    String configTemplate = 'chrony/chrony.conf'
    /** The key file; empty text for none. */
    String configKeys = '/etc/chrony/chrony.keys'
    /** Whether a key file that is there gets these keys; false only makes one that is missing. */
    boolean configKeysManage = true
    /** Its owner. */
    String configKeysOwner = 'root'
    /** Its group. */
    String configKeysGroup = 'root'
    /** Its permission bits. */
    String configKeysMode = '0640'
    /** Its template; it is given {@code keys}. */
    String configKeysTemplate = 'chrony/chrony.keys'
    /** Options of the program chronyd, such as '-F 1 -4'; the distribution's when left out. */
    String options = null
    /** The file that holds them. */
    String optionsFile = null
    /** The variable in that file. */
    String optionsVariable = 'OPTIONS'

    /** The package. */
    @NotEmpty
    String packageName = 'chrony'
    /** {@code 'present'}, {@code 'latest'}, or a version such as {@code '4.3*'}. */
    @NotEmpty
    String packageEnsure = 'present'
    /** A package file to install it from: in the site's files/, or an absolute path on the host. */
    String packageSource = null
    /** The service. */
    @NotEmpty
    String serviceName = 'chronyd'
    /** Whether it is this composite's business. */
    boolean serviceManage = true
    /** Whether it runs. */
    boolean serviceRunning = true
    /** Whether it starts at boot. */
    boolean serviceEnable = true
    /** The service that holds the boot up until the time is right. */
    String waitName = 'chrony-wait'
    /** Whether that is this composite's business. */
    boolean waitManage = false
    /** Whether it runs. */
    boolean waitRunning = false
    /** Whether it starts at boot. */
    boolean waitEnable = false

    void declare() {
        checkTogether()
        installed()
        configured()
        if (options != null) {
            optioned()
        }
        if (!dnssrvRecords.isEmpty()) {
            pkg dnssrvPackage
            dnssrvRecords.each { record -> lookedUp(record) }
        }
        if (serviceManage) {
            service(serviceName) {
                running serviceRunning
                enabled serviceEnable
                requires pkg[packageName]
            }
        }
        if (waitManage) {
            service(waitName) {
                running waitRunning
                enabled waitEnable
                requires pkg[packageName]
            }
        }
    }

    private void checkTogether() {
        if (port != null && port == 0 && !queryhosts.isEmpty()) {
            fail 'Chrony: queryhosts may ask for the time, but port 0 serves none. Leave port out.'
        }
        if ((ntsserverkey == null) != (ntsservercert == null)) {
            fail 'Chrony: an NTS server needs both ntsserverkey and ntsservercert.'
        }
        if (configKeys.isEmpty() && (chronyPassword != null || !keys.isEmpty())) {
            fail 'Chrony: there are keys, but configKeys names no file for them.'
        }
        if (options != null && optionsFile == null) {
            fail 'Chrony: options need optionsFile, the file that the service reads them from.'
        }
    }

    private void installed() {
        pkg(packageName) {
            if (packageEnsure == 'latest') {
                ensure 'latest'
            } else if (packageEnsure != 'present') {
                version packageEnsure
            }
            if (packageSource != null) {
                source packageSource
            }
        }
    }

    private void configured() {
        if (!configKeys.isEmpty()) {
            file(configKeys) {
                content template(configKeysTemplate, keys: new ChronyDirectives(this).keyLines().collect { line -> secret(line) })
                replace configKeysManage
                owner configKeysOwner
                group configKeysGroup
                mode configKeysMode
                requires pkg[packageName]
                if (serviceManage) {
                    notifies service[serviceName]
                }
            }
        }
        file(config) {
            content template(configTemplate, sections: new ChronyDirectives(this).sections())
            owner 'root'
            group 'root'
            mode configMode
            validate 'chronyd', '-p', '-f', '%'
            requires pkg[packageName]
            if (serviceManage) {
                notifies service[serviceName]
            }
        }
    }

    /** By line, since the distribution's file holds other variables too. */
    private void optioned() {
        line(optionsFile, "${optionsVariable}=\"${options}\"") {
            match "^${optionsVariable}="
            create true
            requires pkg[packageName]
            if (serviceManage) {
                notifies service[serviceName]
            }
        }
    }

    private void lookedUp(String record) {
        include(ChronyDnssrv, record) { requires pkg[packageName], pkg[dnssrvPackage] }
    }
}
