/**
 * Converge on a host that looks after itself: where its site comes from, how often it runs, and which version it is.
 *
 * <p>A timer of systemd brings a checkout of the site up to date and converges the host from it.
 * {@code /etc/converge/agent.yaml} says the same to the agent's daemon; {@code daemon true} starts that instead of the
 * timer, once a version of Converge has it.
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
    /** For a repository that asks for a password or a token; kept where only root can read it. */
    @Matches(/[^\n]*/)
    String password = null
    /** Whose signature a commit must have: a file as ssh-keygen(1) has it. Only the daemon checks it. */
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
    String timeLimit = '25m'
    /** Whether the daemon puts back what has moved on the host, or only tells of it. */
    @OneOf(['enforce', 'report'])
    String drift = 'enforce'
    /** Where the agent keeps what it remembers. */
    @Matches('/\\S+')
    String stateDir = '/var/lib/converge'
    /** Where the checkout of the site is. */
    @Matches('/\\S+')
    String checkout = '/var/lib/converge-site'
    /** Where the daemon sends reports, each with a type and what that needs: {@code [[type: 'http', url: 'https://reports.example.com/', tokenFile: '/etc/converge/token']]}. */
    List<Map<String, String>> reports = [[type: 'file']]
    /** Files that only root may read, by path, such as that of a token: their texts are kept secret. */
    Map<String, String> secretFiles = [:]
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
    /** The program. */
    @Matches('/\\S+')
    String program = '/usr/local/bin/converge'
    /** Whether the daemon runs instead of the timer: {@code converge agent run}, which Converge 0.1 does not have yet. */
    boolean daemon = false

    void declare() {
        if ((version == null) != (archiveSource == null)) {
            fail 'Convergeagent: version and archiveSource belong together.'
        }
        if (drift == 'report' && !daemon) {
            fail "Convergeagent: drift 'report' is for the daemon. Until then give onDrift 'report' to what shall only be told of."
        }
        if (packageName != null) {
            pkg packageName
        }
        if (version != null) {
            unpacked()
        }
        secretFiles.each { where, text ->
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
        if (daemon) {
            served()
        } else {
            timed()
        }
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
        link(program) {
            target '/opt/converge/current/converge'
            requires link['/opt/converge/current']
        }
    }

    private Map<String, Object> keys() {
        Map<String, Object> repository = [url: url, ref: ref, path: path]
        if (allowedSigners != null) {
            repository.put('allowedSigners', allowedSigners)
        }
        Map<String, Object> all = [source: repository, interval: interval, splay: splay, stateDir: stateDir, onDrift: drift, reports: reports]
        all + settings
    }

    /** The checkout is brought up to date first; when that fails, what is there is kept in force. */
    private void timed() {
        directory(['/etc/converge/update', '/etc/converge/update/data']) { mode '0700' }
        file('/etc/converge/update/site.groovy') {
            source 'convergeagent/update.groovy'
            mode '0600'
        }
        file('/etc/converge/update/data/common.yaml') {
            content template('convergeagent/update.yaml', password: password == null ? '' : secret(password),
                    body: ConvergeagentYaml.of([checkout: checkout, url: url, ref: ref, username: username ?: ''] as Map<String, Object>))
            mode '0600'
        }
        timer('converge-run') {
            description 'Keeps this host as its site says'
            onBoot interval
            onUnitActive interval
            randomizedDelay splay
            settings ExecStartPre: "-${program} --state-dir ${stateDir}-update --time-limit 10m --quiet /etc/converge/update"
            command program, '--state-dir', stateDir, '--time-limit', timeLimit, '--wait', timeLimit, '--quiet',
                    path.isEmpty() ? checkout : "${checkout}/${path}".toString()
            requires file['/etc/converge/update/site.groovy', '/etc/converge/update/data/common.yaml']
            if (this.version != null) {
                requires link[program]
            }
            if (packageName != null) {
                requires pkg[packageName]
            }
        }
    }

    private void served() {
        timer('converge-run') { ensure 'absent' }
        unit('converge-agent.service') {
            unit Description: 'Keeps this host as its site says', Wants: 'network-online.target', After: 'network-online.target'
            service Type: 'notify', ExecStart: "${program} agent run", ExecReload: '/bin/kill -HUP $MAINPID', WatchdogSec: '5min',
                    Restart: 'on-failure', RestartSec: '30s', KillMode: 'mixed', TimeoutStopSec: '5min', OOMPolicy: 'continue',
                    LockPersonality: 'yes', KeyringMode: 'private', UMask: '0022'
            install WantedBy: 'multi-user.target'
            if (this.version != null) {
                requires link[program]
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
