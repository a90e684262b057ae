/**
 * A hardened OpenSSH server. Its settings are a file of their own, /etc/ssh/sshd_config.d/00-converge.conf, which counts
 * before all others, and is judged by sshd before it takes its place. Host keys, sessions and the rest of sshd_config stay.
 *
 * <p>It locks nobody out: logins with passwords are left as they are until {@code keys} has a key, and the settings come
 * only after all keys are in place.
 */
class Ssh extends Composite {
    /** Public keys by user, as in the .pub file, each with a comment of its own: {@code [alice: ['ssh-ed25519 AAAA… alice@laptop']]}. */
    Map<String, List<String>> keys = [:]
    /** Users who may log in with no other keys than those. */
    List<String> exclusiveKeys = []

    /** Whether passwords are taken: yes, no, or auto, which is no as soon as {@code keys} has a key, and until then what it is now. */
    @OneOf(['auto', 'yes', 'no'])
    String passwordLogins = 'auto'
    /** Whether root may log in: yes, no, prohibit-password (with a key), or auto, which is prohibit-password as soon as {@code keys} has a key. */
    @OneOf(['auto', 'yes', 'no', 'prohibit-password', 'forced-commands-only'])
    String rootLogin = 'auto'
    /** The only users who may log in; all when left out. */
    List<String> allowUsers = []
    /** The only groups whose users may log in; all when left out. */
    List<String> allowGroups = []

    /** Ports to listen on, besides those that sshd_config names; 22 when left out. */
    List<Integer> ports = []
    /** Addresses to listen on; all when left out. */
    List<String> listenAddresses = []
    /** How often a connection may try to log in. */
    @Between(min = 1, max = 100)
    int maxAuthTries = 4
    /** Seconds in which a login must be done. */
    @Between(min = 5, max = 3600)
    int loginGraceTime = 30
    /** Seconds of silence after which a client is asked whether it is there; 0 is never. */
    @Between(min = 0, max = 86400)
    int clientAliveInterval = 300
    /** How many such questions stay without an answer before the session ends. */
    @Between(min = 1, max = 100)
    int clientAliveCountMax = 3
    /** Whether graphical programs may be shown on the client. */
    boolean x11Forwarding = false
    /** Whether clients may forward ports. */
    boolean tcpForwarding = true
    /** Whether clients may forward their keys. */
    boolean agentForwarding = true
    /** Whether PAM opens sessions and judges accounts. */
    boolean usePam = true
    /** A file that is shown before a login. */
    String banner = null
    /** Ciphers, or with a leading minus those that are not to be used; empty for what the system has. */
    String ciphers = '-*-cbc,arcfour*,3des*'
    /** Likewise codes that prove where a message comes from. */
    String macs = '-hmac-sha1*,hmac-md5*,umac-64*'
    /** Likewise ways to agree on a session's key. */
    String kexAlgorithms = '-diffie-hellman-group1-*,diffie-hellman-group14-sha1,diffie-hellman-group-exchange-*'

    /** Further keywords of sshd_config(5), which count before all of the above; a list gives a keyword several times. */
    Map<String, Object> settings = [:]
    /** Keywords for some connections only, by condition: {@code ['Group sftp': [ForceCommand: 'internal-sftp']]}. */
    Map<String, Map<String, Object>> matches = [:]

    /** The package. */
    @NotEmpty
    String packageName = 'openssh-server'
    /** The service. */
    @NotEmpty
    String serviceName = 'ssh'

    void declare() {
        pkg packageName
        List<Target> trusted = keys.collectMany { account, lines -> lines.collect { line -> entrusted(account, line) } }
        exclusiveKeys.each { account -> trusted << authorizedKeys(account) }
        if (new SshKeywords(this, isOld()).leavesPasswords()) {
            notice('ssh: no key is declared in Ssh.keys, so logins with passwords stay as they are.')
        }
        def written = configured(trusted)
        // The file was accepted alone; whether the whole is sound is seen here, before the server takes it over.
        exec('sshd judges its whole configuration') {
            command 'sshd', '-t'
            refreshOnly true
            subscribes written
        }
        service(serviceName) {
            running true
            enabled true
            refresh 'reload'
            requires pkg[packageName], exec['sshd judges its whole configuration']
            subscribes written
        }
    }

    /** Only once every key is in place: before that, a password may be the only way in. */
    private List<Target> configured(List<Target> trusted) {
        def own = file('/etc/ssh/sshd_config.d/00-converge.conf') {
            content template('ssh/sshd_config', lines: new SshKeywords(this, isOld()).lines())
            owner 'root'
            group 'root'
            mode '0600'
            validate 'sshd', '-t', '-f', '%'
            requires pkg[packageName]
            requires trusted
        }
        def included = line('/etc/ssh/sshd_config', 'Include /etc/ssh/sshd_config.d/*.conf') {
            match '^\\s*Include\\s+"?/etc/ssh/sshd_config\\.d/\\*\\.conf"?\\s*$'
            before '^'
            validate 'sshd', '-t', '-f', '%'
            requires own
        }
        [own, included]
    }

    private Target entrusted(String account, String text) {
        def parts = text.trim().split('\\s+', 3)
        if (parts.length < 3 || parts[2].contains('\n')) {
            fail "Ssh: a key of ${account} is not as in a .pub file, such as 'ssh-ed25519 AAAA… alice@laptop' with a comment of its own."
        }
        authorizedKey(account, parts[2]) { key "${parts[0]} ${parts[1]}" }
    }

    /** OpenSSH before 8.7 has another word for answers that are typed. */
    private boolean isOld() {
        facts.os.name == 'debian' && facts.os.release == '11'
    }
}
