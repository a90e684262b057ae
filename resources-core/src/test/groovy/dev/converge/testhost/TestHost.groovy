package dev.converge.testhost

import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.provider.Backups
import dev.converge.provider.Commands
import dev.converge.provider.Host
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ConcurrentHashMap

/**
 * A Debian with systemd, booted in half a second, that a spec may do anything to: {@code @Shared @AutoCleanup TestHost
 * machine = TestHost.start()} in a class that says {@code @Requires({ TestHost.possible })}.
 *
 * <p>Debian's packages of {@link BaseSystem#AT_HAND} can be installed in it without a network. Its kernel is the
 * machine's: {@code /proc/sys} can only be read.
 */
final class TestHost implements AutoCloseable {
    /** Not in /var/tmp, where systemd-tmpfiles takes old files away one by one. */
    static final Path FOLDER = Path.of('/var/cache/converge-testhost')
    static final Path HOSTS = FOLDER.resolve('hosts')
    private static final List<String> TOOLS = ['mmdebstrap', 'systemd-nspawn', 'nsenter', 'mount', 'dpkg-deb']
    private static final long BOOT_NANOS = 60_000_000_000L
    private static final Set<TestHost> OPEN = ConcurrentHashMap.newKeySet()
    private static final Map<String, String> ENVIRONMENT = [
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', TERM: 'dumb', LANG: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive',
    ]

    static {
        Runtime.runtime.addShutdownHook(new Thread({ OPEN.each { it.close() } }))
    }

    private final HostFolder place
    private final List<String> options
    private Process container
    private ProcessHandle leader

    private TestHost(HostFolder place, List<String> options) {
        this.place = place
        this.options = options
    }

    /** Whether this machine can boot one. */
    static boolean isPossible() {
        whyNot().empty
    }

    /** What is missing for it; empty when nothing is. */
    static String whyNot() {
        if (System.getProperty('user.name') != 'root') {
            return 'needs root'
        }
        def missing = TOOLS.findAll { !Shell.has(it) }
        missing ? "needs ${missing.join(', ')}: apt-get install systemd-container mmdebstrap" : ''
    }

    /**
     * Boots one.
     *
     * @param options {@code network: 'host'} for the machine's network, else it has only a loopback of its own;
     *     {@code readOnly} and {@code shared}: paths of the machine that it has too, mounted at the same place
     */
    static TestHost start(Map options = [:]) {
        def base = BaseSystem.in(FOLDER)
        HostFolder.sweep(HOSTS)
        def flags = options.network == 'host' ? ['--resolv-conf=copy-host'] : ['--private-network', '--resolv-conf=off']
        flags += (options.readOnly ?: []).collect { "--bind-ro=$it" as String }
        flags += (options.shared ?: []).collect { "--bind=$it" as String }
        def host = new TestHost(HostFolder.create(HOSTS, base), flags)
        OPEN << host
        try {
            host.boot()
            return host
        } catch (Throwable failure) {
            host.close()
            throw failure
        }
    }

    /** Its name on the machine, which is also its host name. */
    String getName() {
        place.name
    }

    /** Its {@code /} as the machine sees it, with its {@code /run} and {@code /tmp}; of what it has mounted since it booted, nothing. */
    Path getRoot() {
        place.root
    }

    /** A path of it as the machine sees it. */
    Path path(String absolute) {
        root.resolve(absolute.substring(1))
    }

    /** It as a host for providers that run in this process; has read nothing yet. Without backups, unless some are given. */
    Host host(Backups backups = {} as Backups) {
        new LocalHost(root, commands(), backups)
    }

    /** Runs programs in it as a provider does. */
    Commands commands() {
        new LocalCommands(root, entry())
    }

    /** The words that run a program in it from the machine, with a clean environment. */
    List<String> commandLine(Map<String, String> environment, List<?> command) {
        def given = (ENVIRONMENT + environment).collect { "$it.key=$it.value" }
        (entry() + ['env', '-i'] + given + command)*.toString()
    }

    /** Runs a program in it and says how that ended. */
    Shell.Ended attempt(Map<String, String> environment = [:], String... command) {
        Shell.run(commandLine(environment, command as List))
    }

    /** Runs a program in it; what it printed. */
    String run(Map<String, String> environment = [:], String... command) {
        def ended = attempt(environment, command)
        assert ended.ok : "${command.join(' ')}: $ended"
        ended.output
    }

    /** Installs packages from those at hand; their services start, as on any Debian. */
    void install(String... packages) {
        run(*(['apt-get', '-qq', '-o', 'Dpkg::Use-Pty=0', '--no-install-recommends', '-y', 'install'] + (packages as List)))
    }

    /** The words that make a program of the machine one of this host: all of its namespaces. */
    private List<String> entry() {
        ['/usr/bin/nsenter', '-t', leader.pid() as String, '-a', '--']
    }

    /** Back to what it was at its last {@link #snapshot}, else at its start: booted anew. */
    void reset() {
        stop()
        place.drop()
        place.mount()
        boot()
    }

    /** Makes what it is now what {@link #reset} goes back to: shut down, and booted anew. */
    void snapshot() {
        powerOff()
        stop()
        place.freeze()
        place.mount()
        boot()
    }

    /** Shut down and booted, as by {@code reboot}. */
    void reboot() {
        powerOff()
        stop()
        place.mount()
        boot()
    }

    @Override
    void close() {
        if (OPEN.remove(this)) {
            stop()
            place.remove()
        }
    }

    /** As if somebody pulled the plug. */
    private void stop() {
        leader?.destroyForcibly()
        place.unmount()
        container?.destroyForcibly()?.waitFor()
    }

    private void powerOff() {
        attempt('systemctl', 'poweroff')
        await('shut down') { !container.alive }
    }

    private void boot() {
        def command = ['systemd-nspawn', '-q', '-D', root as String, '-M', name, '--boot', '--register=no', '--keep-unit',
            '--console=pipe', '--link-journal=no', '--timezone=off', '--system-call-filter=@keyring bpf'] + options
        def builder = new ProcessBuilder(place.inControlGroups(['setsid'] + command)).redirectErrorStream(true)
        builder.environment().put('SYSTEMD_NSPAWN_UNIFIED_HIERARCHY', '1')
        container = builder.redirectInput(new File('/dev/null')).redirectOutput(place.console.toFile()).start()
        await('start') { leader = container.toHandle().children().filter { isFirst(it) }.findFirst().orElse(null) }
        await('boot') { attempt('systemctl', 'is-system-running', '--wait').output.trim() in ['running', 'degraded'] }
        // Its processes, as the machine sees it. To write there would change the machine's kernel.
        Shell.must(['nsenter', '-t', leader.pid(), '-p', 'mount', '-t', 'proc', '-o', 'ro', 'proc', "$root/proc"])
    }

    /** Whether the process is the first of its namespace, and systemd already; see proc_pid_status(5). */
    private static boolean isFirst(ProcessHandle process) {
        def status = new File("/proc/${process.pid()}/status")
        try {
            def lines = status.readLines()
            return lines.contains('Name:\tsystemd') && lines.find { it.startsWith('NSpid:') }.endsWith('\t1')
        } catch (IOException gone) {
            return false
        }
    }

    private void await(String what, Closure<?> done) {
        def deadline = System.nanoTime() + BOOT_NANOS
        while (!done()) {
            if (System.nanoTime() > deadline || (what != 'shut down' && !container.alive)) {
                throw new IllegalStateException("$name did not $what\n${Files.readString(place.console)}")
            }
            Thread.sleep(10)
        }
    }
}
