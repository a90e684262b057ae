import dev.converge.testing.ManifestSpec

class ContainerhostSpec extends ManifestSpec {
    def "podman on #system answers Docker's API, and podman judges its files"() {
        given:
        facts system

        when:
        compile { include(Containerhost) }

        then:
        contains pkg('podman'), service(api) { running true; enabled true }
        contains directory(['/etc/containers', '/etc/containers/registries.conf.d', '/etc/containers/containers.conf.d'])
        contains file('/etc/containers/registries.conf.d/50-converge.conf') {
            content ~/unqualified-search-registries = \["docker.io"\]/
            validate 'env', 'CONTAINERS_REGISTRIES_CONF=%', 'podman', 'info'
        }
        contains file('/etc/containers/containers.conf.d/50-converge.conf') { content ~/\[containers\]\nlog_size_max = 10485760\n/ }
        orders pkg['podman'], file['/etc/containers/registries.conf.d/50-converge.conf']
        containsNothingElse()

        where:
        system << systems()
        api = system.startsWith('alpine') ? 'podman' : 'podman.socket'
    }

    def "registries of podman have mirrors, speak without TLS or are blocked"() {
        given:
        data containerhost: [mirrors: ['docker.io': ['m.example.com', 'n.example.com:5000']], insecureRegistries: ['n.example.com:5000', 'old.example.com'],
            blockedRegistries: ['evil.example.com'], searchRegistries: ['r.example.com', 'docker.io'], logDriver: 'journald',
            settings: [engine: [events_logger: 'file'], containers: [log_size_max: -1, dns_servers: ['10.0.0.1']]]]

        when:
        compile { include(Containerhost) }

        then:
        contains file('/etc/containers/registries.conf.d/50-converge.conf') {
            content '''\
                # Written by Converge, which undoes changes by hand; see containers-registries.conf(5).
                unqualified-search-registries = ["r.example.com", "docker.io"]

                [[registry]]
                location = "docker.io"
                [[registry.mirror]]
                location = "m.example.com"
                [[registry.mirror]]
                location = "n.example.com:5000"
                insecure = true

                [[registry]]
                location = "evil.example.com"
                blocked = true

                [[registry]]
                location = "old.example.com"
                insecure = true
                '''.stripIndent()
        }
        contains file('/etc/containers/containers.conf.d/50-converge.conf') {
            content { text -> ['log_size_max = -1', 'log_driver = "journald"', 'dns_servers = ["10.0.0.1"]', '[engine]', 'events_logger = "file"'].every { text.readLines().contains(it) } }
        }
    }

    def "Docker on #system is #packages with limits of its logs, and restarted without its containers"() {
        given:
        facts system

        when:
        compile {
            include(Containerhost) {
                engine 'docker'
                mirrors(['docker.io': ['m.example.com', 'http://n.example.com']])
                dockerUsers(['alice'])
                settings(['default-address-pools': [[base: '10.90.0.0/16', size: 24]]])
            }
            user('alice')
        }

        then:
        contains pkg(packages), directory('/etc/docker'), group('docker') { members 'alice' }
        contains service('docker') { running true; enabled true; subscribes file['/etc/docker/daemon.json'] }
        contains file('/etc/docker/daemon.json') {
            content '''\
                {
                  "log-driver": "json-file",
                  "live-restore": true,
                  "log-opts": {
                    "max-size": "10m",
                    "max-file": "3"
                  },
                  "registry-mirrors": ["https://m.example.com", "http://n.example.com"],
                  "default-address-pools": [{
                      "base": "10.90.0.0/16",
                      "size": 24
                    }]
                }
                '''.stripIndent()
        }

        where:
        system        || packages
        'debian-12'   || ['docker.io']
        'rocky-9'     || ['docker-ce', 'docker-ce-cli', 'containerd.io']
        'alpine-3.20' || ['docker']
    }

    def "#engine removes images that nothing uses, when that is asked for"() {
        given:
        data containerhost: [engine: engine, pruneOnCalendar: 'weekly']

        when:
        compile { include(Containerhost) }

        then:
        contains timer('containerhost-prune') {
            onCalendar 'weekly'
            command "/usr/bin/$engine", 'image', 'prune', '--all', '--force', '--filter', 'until=168h'
        }

        where:
        engine << ['podman', 'docker']
    }

    def "what an engine cannot do is said: #given"() {
        given:
        data containerhost: given

        when:
        compile { include(Containerhost) }

        then:
        diagnostics.any { it.toString().contains(message) }

        where:
        given                                            || message
        [logDriver: 'local']                             || 'podman has no log driver local'
        [dockerUsers: ['alice']]                         || 'podman needs no group'
        [settings: [debug: true]]                        || 'settings are sections with keys'
        [engine: 'docker', logDriver: 'k8s-file']        || 'Docker has no log driver k8s-file'
        [engine: 'docker', mirrors: ['quay.io': ['a']]]  || 'Docker knows mirrors of docker.io alone'
        [engine: 'docker', blockedRegistries: ['a']]     || 'Docker cannot block registries'
        [engine: 'docker', searchRegistries: ['a']]      || 'Docker looks for names without a registry at docker.io'
        [engine: 'rkt']                                  || 'engine'
        [logMaxSize: 'huge']                             || 'logMaxSize'
        [mirrors: ['docker.io': ['a"b']]]                || 'mirrors'
    }
}
