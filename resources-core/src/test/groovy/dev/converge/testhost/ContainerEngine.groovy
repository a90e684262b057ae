package dev.converge.testhost

import java.nio.ByteBuffer
import java.nio.channels.Channels
import java.nio.channels.SocketChannel
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit

/**
 * A container engine of a spec's own, with Docker's API on a socket: {@code @Shared @AutoCleanup ContainerEngine engine =
 * ContainerEngine.podman()} in a class that says {@code @Requires({ ContainerEngine.podmanPossible })}.
 *
 * <p>It runs in namespaces of its own, with its own networks, firewall, mounts and processes, and takes all of them along
 * when it ends. A cable leads to the machine: what its containers publish is reached at {@link #getAddress}, and a registry
 * that a spec serves without TLS at {@link #getMachineAddress}.
 */
final class ContainerEngine implements AutoCloseable {
    private static final Path ALL = TestHost.FOLDER.resolve('engines')
    private static final long START_NANOS = 60_000_000_000L
    private static final Set<ContainerEngine> OPEN = ConcurrentHashMap.newKeySet()
    private static final List<String> TOOLS = ['unshare', 'nsenter', 'ip', 'iptables', 'busybox', 'runc']
    /** A request in podman's access log, or in dockerd's debug log. */
    private static final String REQUEST = /(?:"|Calling )(HEAD|GET|POST|PUT|DELETE) (?:\/v[\d.]+)?(\/[^\s"]*)/

    static {
        Runtime.runtime.addShutdownHook(new Thread({ OPEN.each { it.close() } }))
    }

    private final Claim claim
    private final List<String> client
    private final Map<String, String> environment
    private final Process process
    private final long first
    private final Cable cable

    private ContainerEngine(Claim claim, List<String> service, List<String> client, Map<String, String> environment) {
        this.claim = claim
        this.client = client
        this.environment = environment
        def script = 'mount -t tmpfs tmpfs /run && mkdir /run/lock && ip link set lo up && { "$@" & wait; }'
        def command = ['unshare', '--net', '--mount', '--pid', '--ipc', '--fork', '--kill-child', '--mount-proc', 'sh', '-c', script, 'engine'] + service
        def builder = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File('/dev/null'))
        builder.environment().putAll(environment)
        process = builder.redirectOutput(log.toFile()).start()
        OPEN << this
        first = ready()
        cable = Cable.of(claim)
        cable.plugIn(first)
    }

    static boolean isPodmanPossible() {
        isPossible('podman', 'conmon')
    }

    static boolean isDockerPossible() {
        isPossible('dockerd', 'docker', 'containerd')
    }

    private static boolean isPossible(String... programs) {
        System.getProperty('user.name') == 'root' && (TOOLS + (programs as List)).every { Shell.has(it) }
    }

    static ContainerEngine podman() {
        def claim = claim()
        def folder = claim.folder
        // runc, and limits that are no higher than the machine's: see what containers.conf(5) says of them.
        Files.writeString(folder.resolve('containers.conf'), """\
            [containers]
            default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            [network]
            network_backend = "netavark"
            network_config_dir = "$folder/networks"
            """.stripIndent())
        Files.writeString(folder.resolve('storage.conf'), "[storage]\ndriver = \"overlay\"\ngraphroot = \"$folder/data\"\nrunroot = \"/run/storage\"\n")
        Files.writeString(folder.resolve('registries.conf'), "[[registry]]\nlocation = \"${Cable.of(claim).machine}\"\ninsecure = true\n")
        def settings = [CONTAINERS_CONF: "$folder/containers.conf" as String, CONTAINERS_STORAGE_CONF: "$folder/storage.conf" as String,
            CONTAINERS_REGISTRIES_CONF: "$folder/registries.conf" as String]
        def service = ['podman', '--log-level=info', 'system', 'service', '--time=0', "unix://$folder/engine.sock" as String]
        new ContainerEngine(claim, service, ['podman'], settings)
    }

    static ContainerEngine docker() {
        def claim = claim()
        def socket = "unix://$claim.folder/engine.sock" as String
        def service = ['dockerd', '--debug', '--data-root', "$claim.folder/data" as String, '--exec-root', '/run/docker', '--pidfile', '/run/docker.pid',
            '--userland-proxy=false', '--insecure-registry', "${Cable.of(claim).machine}/32" as String, '-H', socket]
        new ContainerEngine(claim, service, ['docker', '-H', socket], [DOCKER_CONFIG: "$claim.folder/client" as String])
    }

    private static Claim claim() {
        Claim.abandoned(ALL).each { Claim left ->
            ProcessHandle.allProcesses().filter { it.info().commandLine().orElse('').contains("$left.folder/") }.forEach { it.destroyForcibly() }
            tidy(left)
        }
        Claim.take(ALL)
    }

    /** Where it serves Docker's API. */
    Path getSocket() {
        claim.folder.resolve('engine.sock')
    }

    /** Where the machine reaches what its containers publish. */
    String getAddress() {
        cable.inside
    }

    /** Where it and its containers reach the machine. */
    String getMachineAddress() {
        cable.machine
    }

    /** What it has said. */
    Path getLog() {
        claim.folder.resolve('log')
    }

    /** The requests that it has answered, such as {@code GET /containers/json?all=1}, without the API's version. */
    List<String> getRequests() {
        Files.readString(log).readLines().collectMany { line -> (line =~ REQUEST).collect { "${it[1]} ${it[2]}" as String } }
    }

    /** Runs its own command line, {@code podman} or {@code docker}; what it printed. */
    String run(String... arguments) {
        inside(*(client + (arguments as List)))
    }

    /** What its API answers, headers first; quicker than its command line. */
    String get(String what) {
        SocketChannel.open(UnixDomainSocketAddress.of(socket)).withCloseable { channel ->
            channel.write(ByteBuffer.wrap("GET $what HTTP/1.0\r\nHost: engine\r\n\r\n".getBytes('UTF-8')))
            Channels.newInputStream(channel).getText('UTF-8')
        }
    }

    /** What its API lists, by this member of each, such as {@code Name} of {@code /volumes}. */
    List<String> listed(String what, String member) {
        (get(what) =~ /"$member": ?"([^"]+)"/).collect { it[1] as String }.unique()
    }

    /** Removes every container, without waiting for what runs in it. */
    void removeContainers() {
        def all = listed('/containers/json?all=1', 'Id')
        if (all) {
            run('rm', '-f', *(client[0] == 'podman' ? ['-t', '0'] : []), *all)
        }
    }

    /** Runs a program of the machine in the engine's namespaces, such as {@code ip address}. */
    String inside(String... command) {
        Shell.must(enter() + (command as List), environment)
    }

    private List<String> enter() {
        ['nsenter', '-t', first as String, '-n', '-m', '-p', '-i', '--']
    }

    /**
     * Makes an image from busybox, without a registry; the id.
     *
     * @param name such as {@code localhost/web:1}
     * @param files more files for it, path to text: other files, another id
     * @param changes such as {@code CMD ["httpd", "-f"]} or {@code ENV A=b}, as in a Containerfile
     */
    String image(Map<String, String> files = [:], String name, String... changes) {
        def archive = BusyboxImage.archive(claim.folder, files)
        def told = run(*(['import'] + changes.collectMany { ['--change', it] } + [archive as String, name]))
        Files.delete(archive)
        told.readLines().last().trim()
    }

    /** The first process of its namespaces, once it answers. */
    private long ready() {
        def deadline = System.nanoTime() + START_NANOS
        while (System.nanoTime() < deadline && process.alive) {
            def child = process.toHandle().children().findFirst()
            if (child.present && Files.exists(socket)) {
                return child.get().pid()
            }
            Thread.sleep(10)
        }
        def said = Files.readString(log)
        close()
        throw new IllegalStateException("no container engine: $said")
    }

    @Override
    void close() {
        if (OPEN.remove(this)) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS)
            tidy(claim)
        }
    }

    /** The kernel takes the namespaces down a moment after their last process; the containers' control groups stay. */
    private static void tidy(Claim claim) {
        Cable.of(claim).unplug()
        def data = claim.folder.resolve('data')
        def containers = ['overlay-containers', 'containers'].collectMany { (data.resolve(it).toFile().list() ?: []) as List }.findAll { it ==~ /[0-9a-f]{64}/ }
        def names = containers.collectMany { ['-o', '-name', "*$it*"] }.drop(1)
        def groups = ['find', '/sys/fs/cgroup', '-depth', '-type', 'd', '(', *names, ')']
        Shell.retry { !names || Shell.run([*groups, '-exec', 'rmdir', '{}', ';']).ok && Shell.run(groups).output.empty }
        Shell.retry { Shell.run(['rm', '-rf', '--one-file-system', data]).ok }
        claim.close()
    }
}
