/** The lines of sshd_config(5) that the parameters of an {@link Ssh} ask for. */
class SshKeywords {
    final Ssh wanted
    final boolean old

    /** @param old whether it is for an OpenSSH before 8.7 */
    SshKeywords(Ssh wanted, boolean old) {
        this.wanted = wanted
        this.old = old
    }

    /** Those that the author gave come first and take the place of ours; what holds for some connections only comes last. */
    List<String> lines() {
        Set<String> given = wanted.settings.keySet().collect { keyword -> keyword.toLowerCase() } as Set
        Map<String, Object> ours = access() + limits() + algorithms()
        List<String> all = written('', wanted.settings)
        all.addAll(written('', ours.findAll { keyword, value -> !given.contains(keyword.toLowerCase()) }))
        for (match in wanted.matches.entrySet()) {
            all << "Match ${match.key}".toString()
            all.addAll(written('    ', match.value))
        }
        all
    }

    /** Whether it is left to the host whether passwords are taken. */
    boolean leavesPasswords() {
        wanted.passwordLogins == 'auto' && !hasKeys()
    }

    private boolean hasKeys() {
        wanted.keys.any { account, lines -> !lines.isEmpty() }
    }

    private Map<String, Object> access() {
        Map<String, Object> all = [PubkeyAuthentication: true, HostbasedAuthentication: false, PermitEmptyPasswords: false, StrictModes: true]
        if (!leavesPasswords()) {
            boolean taken = wanted.passwordLogins == 'yes'
            all.put('PasswordAuthentication', taken)
            all.put(old ? 'ChallengeResponseAuthentication' : 'KbdInteractiveAuthentication', taken && wanted.usePam)
        }
        if (wanted.rootLogin != 'auto' || hasKeys()) {
            all.put('PermitRootLogin', wanted.rootLogin == 'auto' ? 'prohibit-password' : wanted.rootLogin)
        }
        all.put('AllowUsers', wanted.allowUsers.join(' '))
        all.put('AllowGroups', wanted.allowGroups.join(' '))
        all
    }

    private Map<String, Object> limits() {
        Map<String, Object> all = [
            Port: wanted.ports,
            ListenAddress: wanted.listenAddresses,
            LoginGraceTime: wanted.loginGraceTime,
            MaxAuthTries: wanted.maxAuthTries,
            ClientAliveInterval: wanted.clientAliveInterval,
            ClientAliveCountMax: wanted.clientAliveCountMax,
            AllowTcpForwarding: wanted.tcpForwarding,
            AllowAgentForwarding: wanted.agentForwarding,
            X11Forwarding: wanted.x11Forwarding,
            PermitUserEnvironment: false,
            LogLevel: 'VERBOSE',
            Banner: wanted.banner ?: '',
        ]
        if (wanted.usePam) {
            all.put('UsePAM', true)
        }
        all
    }

    private Map<String, Object> algorithms() {
        Map<String, Object> all = [Ciphers: wanted.ciphers, MACs: wanted.macs, KexAlgorithms: wanted.kexAlgorithms]
        all
    }

    /** A list gives a keyword several times; true and false are yes and no; what is empty is left out. */
    private static List<String> written(String indent, Map<String, Object> keywords) {
        List<String> lines = []
        for (keyword in keywords.entrySet()) {
            List<Object> values = keyword.value instanceof List ? keyword.value as List<Object> : [keyword.value]
            for (value in values.findAll { one -> one != '' }) {
                lines << "${indent}${keyword.key} ${word(value)}".toString()
            }
        }
        lines
    }

    private static String word(Object value) {
        value == true ? 'yes' : value == false ? 'no' : value.toString()
    }
}
