/**
 * Converge on a host that looks after itself: where its site comes from, how often it runs, and which version it is.
 *
 * <p>{@code converge agent run} as a service of systemd, and {@code /etc/converge/agent.yaml}, which it follows.
 */
class Convergeagent extends Composite {
    /** The repository of the site, such as {@code https://git.example.com/site.git}. */
    @Matches(/\S+/)
    String url
    /** The branch, tag or commit that is followed. */
    @Matches(/\S+/)
    String ref = 'main'
    /** The site's folder in the repository; the repository itself when left out. */
    @Matches(/[^\s"]*/)
    String path = ''
    /** For a repository that asks for a name. */
    String username = null
    /** For a repository that asks for a password or a token; kept in /etc/converge/password, for root only. */
    @Matches(/[^\n]+/)
    String password = null
    /** Whose signature a commit must have: a file as ssh-keygen(1) has it. */
    @Matches('/\\S+')
    String allowedSigners = null
    /** How long after a run the next begins. */
    @Matches(/[1-9]\d*[smhd]/)
    String interval = '30m'
    /** Up to how much later it may be, so that not all hosts come at once. */
    @Matches(/\d+[smhd]/)
    String splay = '5m'
    /** How long a run may take. */
    @Matches(/[1-9]\d*[smhd]/)
    String timeLimit = '1h'
    /** Whether the agent puts back what has moved on the host, or only tells of it. */
    @OneOf(['enforce', 'report'])
    String drift = 'enforce'
    /** Where the agent keeps what it remembers. */
    @Matches('/\\S+')
    String stateDir = '/var/lib/converge'
    /** Where the agent sends reports, each with a type and what that needs: {@code [[type: 'http', url: 'https://reports.example.com/', tokenFile: '/etc/converge/token']]}. */
    List<Map<String, String>> reports = [[type: 'file']]
    /** Files that only root may read, by path, such as that of a token: their texts are kept secret. */
    Map<String, String> secretFiles = [:]
    /** Further keys of {@code source} in agent.yaml, such as {@code [sshKey: '/etc/converge/id', knownHosts: '/etc/converge/known_hosts']}. */
    Map<String, Object> source = [:]
    /** Further keys of agent.yaml. */
    Map<String, Object> settings = [:]

    /** The package to install Converge from; left alone when left out. */
    String packageName = null
    /** Or the version to install from an archive, in /opt/converge, beside those that are there. */
    @Matches(/[A-Za-z0-9][A-Za-z0-9.+~-]*/)
    String version = null
    /** The archive, with one folder around all: an https address, a name in files/ of the site, or a path on the host. */
    String archiveSource = null
    /** Its digest, {@code sha256:…}; an address needs one. */
    String archiveChecksum = null
    /** The program: {@code /usr/bin/converge} where a package brings it, else {@code /usr/local/bin/converge}. */
    @Matches('/\\S+')
    String program = null

    void declare() {
        if ((version == null) != (archiveSource == null)) {
            fail 'Convergeagent: version and archiveSource belong together.'
        }
        if (packageName != null) {
            pkg packageName
        }
        if (version != null) {
            unpacked()
        }
        Map<String, String> kept = password == null ? secretFiles : secretFiles + ['/etc/converge/password': password]
        kept.each { where, text ->
            file(where) {
                content secret("${text.trim()}\n")
                owner 'root'
                group 'root'
                mode '0600'
            }
        }
        directory('/etc/converge')
        file('/etc/converge/agent.yaml') {
            content template('convergeagent/agent.yaml', body: ConvergeagentYaml.of(keys()))
            owner 'root'
            group 'root'
            mode '0600'
        }
        served()
    }

    /** A folder for each version: a run goes on with the files that it began with, whatever it installs. */
    private void unpacked() {
        directory('/opt/converge')
        archive("/opt/converge/${version}") {
            source archiveSource
            if (archiveChecksum != null) {
                checksum archiveChecksum
            }
            strip 1
            creates 'converge'
        }
        link('/opt/converge/current') {
            target version
            requires archive["/opt/converge/${version}"]
        }
        link(started()) {
            target '/opt/converge/current/converge'
            requires link['/opt/converge/current']
        }
    }

    private Map<String, Object> keys() {
        Map<String, Object> repository = [url: url, ref: ref, path: path]
        if (allowedSigners != null) {
            repository.put('allowedSigners', allowedSigners)
        }
        if (username != null) {
            repository.put('username', username)
        }
        if (password != null) {
            repository.put('passwordFile', '/etc/converge/password')
        }
        Map<String, Object> all = [source: repository + source, interval: interval, splay: splay, timeLimit: timeLimit, stateDir: stateDir, onDrift: drift, reports: reports]
        all + settings
    }

    private String started() {
        program ?: packageName == null ? '/usr/local/bin/converge' : '/usr/bin/converge'
    }

    private void served() {
        unit('converge-agent.service') {
            unit Description: 'Keeps this host as its site says', Wants: 'network-online.target', After: 'network-online.target'
            service Type: 'notify', ExecStart: "${started()} agent run", ExecReload: '/bin/kill -HUP $MAINPID', WatchdogSec: '5min',
                    Restart: 'on-failure', RestartSec: '10s', KillMode: 'mixed', TimeoutStopSec: '15min', OOMPolicy: 'continue',
                    LockPersonality: 'yes', KeyringMode: 'private', LimitCORE: '0', UMask: '0022'
            install WantedBy: 'multi-user.target'
            if (this.version != null) {
                requires link[started()]
            }
            if (packageName != null) {
                requires pkg[packageName]
            }
        }
        service('converge-agent') {
            running true
            enabled true
            subscribes file['/etc/converge/agent.yaml']
            refresh 'reload'
        }
    }
}
