package dev.converge.examples

import dev.converge.Converge
import dev.converge.testhost.TestHost
import java.nio.file.Files
import tools.jackson.databind.json.JsonMapper

/**
 * Times first boots by cloud-init from power-on until the host is as its manifest says, by what systemd and cloud-init
 * note themselves: {@code BootBenchmark EXAMPLE ROUNDS}. The user-data comes by HTTP, from the host's own loopback. It is a
 * container that boots: there is no firmware, no kernel and no network card to wait for.
 */
final class BootBenchmark {
    /** Modules of cloud-init and what they are for; all else that it does is its own. */
    private static final Map<String, String> PARTS = [
        'search-NoCloudNet': 'fetch', 'config-users-groups': 'users', 'config-users_groups': 'users', 'config-ssh': 'keys of the host',
        'config-write-files': 'files', 'config-write_files': 'files', 'config-write-files-deferred': 'files', 'config-write_files_deferred': 'files',
        'config-package-update-upgrade-install': 'packages', 'config-package_update_upgrade_install': 'packages',
        'config-scripts-user': 'services, and what has no key', 'config-scripts_user': 'services, and what has no key',
    ]
    private static final List<String> ROWS = ['power-on to cloud-init', 'fetch', 'users', 'files', 'keys of the host', 'packages', 'services, and what has no key', 'the rest of cloud-init', 'power-on to converged']

    private final TestHost machine
    private final String site

    private BootBenchmark(TestHost machine, String site) {
        this.machine = machine
        this.site = site
    }

    static void main(String[] words) {
        Converge.HERE.boot(packages: CloudInitParitySpec.PACKAGES).withCloseable { machine ->
            def benchmark = new BootBenchmark(machine, "$Converge.HERE.checkout/examples/${words[0]}")
            benchmark.prepare()
            def rounds = (1..(words[1] as int)).collect { benchmark.round() }
            println "| ${words[0]} | median s | least–most |\n|---|--:|--:|"
            ROWS.each { row ->
                def seconds = rounds.collect { it[row] ?: 0d }.sort()
                println String.format('| %s | %.2f | %.2f–%.2f |', row, seconds[seconds.size().intdiv(2)], seconds[0], seconds[-1])
            }
        }
    }

    private void prepare() {
        machine.install('cloud-init')
        write('/etc/cloud/cloud.cfg.d/99-test.cfg', 'datasource_list: [ NoCloud, None ]\nlocale: false\ndatasource: { NoCloud: { seedfrom: "http://127.0.0.1:8000/" } }\n')
        write('/etc/systemd/system/downloads.service', '''\
            [Unit]
            DefaultDependencies=no
            Before=cloud-init.service
            [Service]
            ExecStart=/usr/bin/python3 -m http.server --bind 127.0.0.1 --directory /srv/seed 8000
            [Install]
            WantedBy=cloud-init.service
            '''.stripIndent())
        write('/srv/seed/meta-data', 'instance-id: bench-1\n')
        write('/srv/seed/vendor-data', '') // where there is none, cloud-init asks for it ten times, a second apart
        def rendered = Converge.HERE.inside(machine, 'render', 'cloud-init', site, '-o', '/srv/seed/user-data')
        assert rendered.exit == 0 : rendered
        machine.run('systemctl', 'enable', '-q', 'downloads')
        machine.snapshot()
    }

    /** A boot of a host that has never booted with it: seconds by part. */
    private Map<String, Double> round() {
        machine.reset()
        machine.run('cloud-init', 'status', '--wait')
        def events = JsonMapper.shared().readValue(machine.run('cloud-init', 'analyze', 'dump'), List)
        def seconds = [:].withDefault { 0d }
        def starts = [:]
        events.each { event ->
            if (event.event_type == 'start') {
                starts[event.name] = event.timestamp
            } else if (starts[event.name] != null && event.name.contains('/')) {
                seconds[PARTS[event.name.tokenize('/').last()] ?: ''] += event.timestamp - starts[event.name]
            }
        }
        def first = events*.timestamp.min()
        def last = events*.timestamp.max()
        def power = powerOn()
        seconds['power-on to cloud-init'] = first - power
        seconds['power-on to converged'] = last - power
        seconds['the rest of cloud-init'] = (last - first) - (PARTS.values() as Set).sum { seconds[it] }
        seconds
    }

    /** When its first process was started, by the clock that cloud-init's events have. */
    private double powerOn() {
        def (up, now, started) = machine.run('sh', '-c', 'cut -d " " -f 1 /proc/uptime; date +%s.%N; systemctl show -P UserspaceTimestampMonotonic').readLines()*.toDouble()
        now - (up - started / 1e6)
    }

    private void write(String path, String text) {
        def file = machine.path(path)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }
}
