package dev.converge.testhost

import java.nio.file.Files
import java.nio.file.Path

/** podman inside a {@link TestHost}, as its administrator would install it: for containers that systemd runs. */
final class HostPodman {
    static final List<String> PACKAGES = ['aardvark-dns', 'iptables', 'netavark', 'podman', 'runc']

    private final TestHost machine

    private HostPodman(TestHost machine) {
        this.machine = machine
    }

    /** Installs it without a network, and starts its API. */
    static HostPodman install(TestHost machine) {
        // What a host in a container cannot do: layers upon layers, limits of processes, and limits above the machine's own.
        write(machine.path('/etc/containers/storage.conf'), """\
            [storage]
            driver = "vfs"
            graphroot = "/var/lib/containers/storage"
            runroot = "/run/containers/storage"
            """)
        write(machine.path('/etc/containers/containers.conf'), """\
            [containers]
            default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
            pids_limit = 0
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            [network]
            network_backend = "netavark"
            """)
        machine.install(*PACKAGES)
        machine.run('systemctl', 'start', 'podman.socket')
        new HostPodman(machine)
    }

    private static void write(Path file, String text) {
        Files.createDirectories(file.parent)
        Files.writeString(file, text.stripIndent())
    }

    /** Docker's API, as the machine sees the socket. */
    Path getSocket() {
        machine.path('/run/podman/podman.sock')
    }

    /** Runs its command line; what it printed. */
    String run(String... arguments) {
        // In a unit: a process that only entered the host is in none of its control groups, which containers inherit.
        machine.run('systemd-run', '--quiet', '--scope', 'podman', *arguments)
    }

    /** Makes an image from busybox, as {@link ContainerEngine#image} does; the id. */
    String image(Map<String, String> files = [:], String name, String... changes) {
        def archive = BusyboxImage.archive(machine.path('/tmp'), files)
        def told = run(*(['import', '-q'] + changes.collectMany { ['--change', it] } + ["/tmp/$archive.fileName" as String, name]))
        Files.delete(archive)
        told.readLines().last().trim()
    }
}
