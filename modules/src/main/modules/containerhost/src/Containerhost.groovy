/**
 * An engine for containers, podman or Docker: its package and service, where images come from, and how large logs of
 * containers may become. Containers themselves are resources of the language: container, image, network, volume.
 */
class Containerhost extends Composite {
    /** Which one. */
    @OneOf(['podman', 'docker'])
    String engine = 'podman'
    /** Mirrors to ask first, by registry: {@code ['docker.io': ['mirror.example.com']]}. Docker has them for docker.io alone. */
    @Matches(/[^\s"\\]+/)
    Map<String, List<String>> mirrors = [:]
    /** Registries and mirrors that speak without TLS, or with a certificate that nobody vouches for. */
    @Matches(/[^\s"\\]+/)
    List<String> insecureRegistries = []
    /** Registries that no image comes from; podman only. */
    @Matches(/[^\s"\\]+/)
    List<String> blockedRegistries = []
    /** Registries where a name without one is looked for, in this order; podman only: Docker asks docker.io. */
    @Matches(/[^\s"\\]+/)
    List<String> searchRegistries = ['docker.io']
    /** Where output of containers goes that do not say it: json-file or local (Docker), k8s-file or none (podman), journald. What the engine does when left out, which for Docker is json-file here. */
    @OneOf(['json-file', 'local', 'k8s-file', 'journald', 'none'])
    String logDriver = null
    /** How large a log may become, such as 10m; with Docker there are several of that size. */
    @Matches(/[1-9]\d*[kmg]/)
    String logMaxSize = '10m'
    /** How many of them are kept for each container; Docker only. */
    @Between(min = 1, max = 1000)
    int logMaxFiles = 3
    /** Whether containers go on while Docker itself is restarted; podman's always do. */
    boolean liveRestore = true
    /** Whether podman answers Docker's API at /run/podman/podman.sock, which the resources container and image need. */
    boolean apiSocket = true
    /** The service that answers it. */
    @NotEmpty
    String apiService = 'podman.socket'
    /** Accounts that may use Docker, which is to be root of the host. */
    List<String> dockerUsers = []
    /** When images that no container uses are removed, as systemd.time(7) has it, such as weekly; never when left out. */
    String pruneOnCalendar = null
    /** How old they have to be for that. */
    @Matches(/[1-9]\d*h/)
    String pruneAge = '168h'
    /** Further settings: keys of daemon.json for Docker, and for podman keys of containers.conf by section: {@code [engine: [cgroup_manager: 'systemd']]}. They take the place of those above. */
    Map<String, Object> settings = [:]
    /** The packages; the engine's when left out. */
    List<String> packages = []
    /** What the distribution calls Docker's. */
    List<String> dockerPackages = ['docker.io']

    void declare() {
        check()
        Target installed = pkg(packages ?: engine == 'podman' ? ['podman'] : dockerPackages)
        if (engine == 'podman') {
            ofPodman(installed)
        } else {
            ofDocker(installed)
        }
        if (pruneOnCalendar != null) {
            timer('containerhost-prune') {
                description 'Removes images that no container uses'
                onCalendar pruneOnCalendar
                randomizedDelay '1h'
                persistent true
                command "/usr/bin/${engine}", 'image', 'prune', '--all', '--force', '--filter', "until=${pruneAge}"
                requires installed
            }
        }
    }

    /** What an engine cannot do is said, rather than left out. */
    private void check() {
        if (engine == 'podman') {
            refuse(logDriver in ['json-file', 'local'], "podman has no log driver ${logDriver}; it has k8s-file, journald and none.")
            refuse(!dockerUsers.isEmpty(), 'podman needs no group: each account has containers of its own.')
            return
        }
        refuse(logDriver == 'k8s-file', 'Docker has no log driver k8s-file; it has json-file, local, journald and none.')
        refuse(mirrors.keySet().any { registry -> registry != 'docker.io' }, 'Docker knows mirrors of docker.io alone.')
        refuse(!blockedRegistries.isEmpty(), 'Docker cannot block registries. policy.images of the site judges what is declared.')
        refuse(searchRegistries != ['docker.io'], 'Docker looks for names without a registry at docker.io.')
    }

    private void refuse(boolean given, String reason) {
        if (given) {
            fail "Containerhost: $reason"
        }
    }

    private void ofPodman(Target installed) {
        directory(['/etc/containers', '/etc/containers/registries.conf.d', '/etc/containers/containers.conf.d']) { requires installed }
        file('/etc/containers/registries.conf.d/50-converge.conf') {
            content template('containerhost/registries.conf', search: ContainerhostToml.value(searchRegistries), registries: registries())
            owner 'root'
            group 'root'
            mode '0644'
            validate 'env', 'CONTAINERS_REGISTRIES_CONF=%', 'podman', 'info'
            requires installed
        }
        file('/etc/containers/containers.conf.d/50-converge.conf') {
            content template('containerhost/containers.conf', sections: podmanSections())
            owner 'root'
            group 'root'
            mode '0644'
            validate 'env', 'CONTAINERS_CONF=%', 'podman', 'info'
            requires installed
        }
        service(apiService) {
            running apiSocket
            enabled apiSocket
            requires installed
        }
    }

    /** Tables of containers-registries.conf(5), each as lines. */
    private List<List<String>> registries() {
        def named = mirrors.keySet() + blockedRegistries + insecureRegistries.findAll { registry -> !mirrors.values().any { all -> all.contains(registry) } }
        named.collect { registry -> table(registry) }
    }

    private List<String> table(String registry) {
        List<String> lines = ['[[registry]]', "location = ${ContainerhostToml.value(registry)}".toString()]
        if (insecureRegistries.contains(registry)) {
            lines << 'insecure = true'
        }
        if (blockedRegistries.contains(registry)) {
            lines << 'blocked = true'
        }
        (mirrors[registry] ?: []).each { mirror ->
            lines.addAll(['[[registry.mirror]]', "location = ${ContainerhostToml.value(mirror)}".toString()])
            if (insecureRegistries.contains(mirror)) {
                lines << 'insecure = true'
            }
        }
        lines
    }

    private Map<String, List<String>> podmanSections() {
        Map<String, Map<String, Object>> all = [containers: ([log_size_max: bytes(logMaxSize)] as Map<String, Object>)]
        if (logDriver != null) {
            all['containers'].put('log_driver', logDriver)
        }
        settings.each { section, keys ->
            refuse(!(keys instanceof Map), "for podman, settings are sections with keys, and ${section} is none.")
            all.put(section, (all[section] ?: [:]) + (keys as Map<String, Object>))
        }
        all.collectEntries { section, keys -> [(section): keys.collect { key, given -> "${key} = ${ContainerhostToml.value(given)}".toString() }] }
    }

    private static long bytes(String size) {
        size[0..-2].toLong() * [k: 1024L, m: 1024L * 1024, g: 1024L * 1024 * 1024][size[-1]]
    }

    private void ofDocker(Target installed) {
        directory('/etc/docker') { requires installed }
        file('/etc/docker/daemon.json') {
            content "${ContainerhostJson.text(dockerKeys())}\n"
            owner 'root'
            group 'root'
            mode '0644'
            // Docker before 23.0 cannot judge it.
            validate 'sh', '-c', '! dockerd --help | grep -q -e --validate || dockerd --validate --config-file="$1"', 'validate', '%'
            requires installed
        }
        service('docker') {
            running true
            enabled true
            requires installed
            subscribes file['/etc/docker/daemon.json']
        }
        if (!dockerUsers.isEmpty()) {
            group('docker') {
                members dockerUsers
                requires installed
            }
        }
    }

    private Map<String, Object> dockerKeys() {
        def driver = logDriver ?: 'json-file'
        Map<String, Object> keys = ['log-driver': driver, 'live-restore': liveRestore]
        if (driver in ['json-file', 'local']) {
            keys.put('log-opts', ['max-size': logMaxSize, 'max-file': logMaxFiles.toString()])
        }
        if (mirrors['docker.io']) {
            keys.put('registry-mirrors', mirrors['docker.io'].collect { mirror -> address(mirror) })
        }
        if (!insecureRegistries.isEmpty()) {
            keys.put('insecure-registries', insecureRegistries)
        }
        keys + settings
    }

    private String address(String mirror) {
        mirror.contains('://') ? mirror : "${insecureRegistries.contains(mirror) ? 'http' : 'https'}://${mirror}"
    }
}
