package dev.converge.testhost;

import dev.converge.host.LocalCommands;
import dev.converge.host.LocalHost;
import dev.converge.provider.Backups;
import dev.converge.provider.Commands;
import dev.converge.provider.Host;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A Debian with systemd, booted in half a second, that a spec may do anything to: {@code @Shared @AutoCleanup TestHost
 * machine = TestHost.start()} in a class that says {@code @Requires({ TestHost.possible })}.
 *
 * <p>Debian's packages of {@link BaseSystem#AT_HAND} can be installed in it without a network. Its kernel is the
 * machine's: {@code /proc/sys} can only be read.
 */
public final class TestHost implements AutoCloseable {
    /** Not in /var/tmp, where systemd-tmpfiles takes old files away one by one. */
    public static final Path FOLDER = Path.of("/var/cache/converge-testhost");

    public static final Path HOSTS = FOLDER.resolve("hosts");
    private static final List<String> TOOLS = List.of("mmdebstrap", "systemd-nspawn", "nsenter", "mount", "dpkg-deb");
    private static final long BOOT_NANOS = 60_000_000_000L;
    private static final Set<TestHost> OPEN = ConcurrentHashMap.newKeySet();
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME", "/root",
            "TERM", "dumb",
            "LANG", "C.UTF-8",
            "DEBIAN_FRONTEND", "noninteractive");

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(TestHost::close), "end of the test hosts"));
    }

    private final HostFolder place;
    private final List<String> options;
    private Process container;
    private Optional<ProcessHandle> leader = Optional.empty();

    private TestHost(HostFolder place, List<String> options) {
        this.place = place;
        this.options = options;
    }

    /** Whether this machine can boot one. */
    public static boolean isPossible() {
        return whyNot().isEmpty();
    }

    /** What is missing for it; empty when nothing is. */
    public static String whyNot() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "needs root";
        }
        String missing = TOOLS.stream().filter(tool -> !Shell.has(tool)).collect(Collectors.joining(", "));
        return missing.isEmpty() ? "" : "needs " + missing + ": apt-get install systemd-container mmdebstrap";
    }

    /** Boots one with no network but a loopback of its own. */
    public static TestHost start() {
        return start(Map.of());
    }

    /**
     * Boots one.
     *
     * @param options {@code network: 'host'} for the machine's network, else it has only a loopback of its own;
     *     {@code readOnly} and {@code shared}: paths of the machine that it has too, mounted at the same place;
     *     {@code packages}: Debian's packages that it shall have at hand, besides the usual ones
     */
    public static TestHost start(Map<String, ?> options) {
        Path base = BaseSystem.in(FOLDER, strings(options, "packages"));
        HostFolder.sweep(HOSTS);
        List<String> flags = new ArrayList<>(
                "host".equals(options.get("network"))
                        ? List.of("--resolv-conf=copy-host")
                        : List.of("--private-network", "--resolv-conf=off"));
        strings(options, "readOnly").forEach(path -> flags.add("--bind-ro=" + path));
        strings(options, "shared").forEach(path -> flags.add("--bind=" + path));
        TestHost host = new TestHost(HostFolder.create(HOSTS, base), List.copyOf(flags));
        OPEN.add(host);
        try {
            host.boot();
            return host;
        } catch (RuntimeException | Error failure) {
            host.close();
            throw failure;
        }
    }

    private static List<String> strings(Map<String, ?> options, String name) {
        return options.get(name) instanceof Collection<?> several ? Shell.words(List.copyOf(several)) : List.of();
    }

    /** Its name on the machine, which is also its host name. */
    public String getName() {
        return place.name();
    }

    /** Its {@code /} as the machine sees it, with its {@code /run} and {@code /tmp}; of what it has mounted since it booted, nothing. */
    public Path getRoot() {
        return place.root();
    }

    /** A path of it as the machine sees it. */
    public Path path(String absolute) {
        return getRoot().resolve(absolute.substring(1));
    }

    /** It as a host for providers that run in this process; has read nothing yet. Keeps no backups. */
    public Host host() {
        return host(path -> {});
    }

    /** It as a host for providers that run in this process; has read nothing yet. */
    public Host host(Backups backups) {
        return new LocalHost(getRoot(), commands(), backups);
    }

    /** Runs programs in it as a provider does. */
    public Commands commands() {
        return new LocalCommands(getRoot(), entry());
    }

    /** The words that run a program in it from the machine, with a clean environment. */
    public List<String> commandLine(Map<String, String> environment, List<?> command) {
        Map<String, String> given = new LinkedHashMap<>(ENVIRONMENT);
        given.putAll(environment);
        List<String> words = new ArrayList<>(entry());
        words.addAll(List.of("env", "-i"));
        given.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(Shell.words(command));
        return words;
    }

    /** Runs a program in it and says how that ended. */
    public Shell.Ended attempt(String... command) {
        return attempt(Map.of(), command);
    }

    /** Runs a program in it and says how that ended. */
    public Shell.Ended attempt(Map<String, String> environment, String... command) {
        return Shell.run(commandLine(environment, List.of(command)));
    }

    /** Runs a program in it; what it printed. */
    public String run(String... command) {
        return run(Map.of(), command);
    }

    /** Runs a program in it; what it printed. */
    public String run(Map<String, String> environment, String... command) {
        return Shell.must(commandLine(environment, List.of(command)));
    }

    /** Installs packages from those at hand; their services start, as on any Debian. */
    public void install(String... packages) {
        List<String> words = new ArrayList<>(
                List.of("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", "-y", "install"));
        words.addAll(List.of(packages));
        run(words.toArray(String[]::new));
    }

    /** The words that make a program of the machine one of this host: all of its namespaces. */
    private List<String> entry() {
        long first = leader.orElseThrow(() -> new IllegalStateException(getName() + " is not up"))
                .pid();
        return List.of("/usr/bin/nsenter", "-t", Long.toString(first), "-a", "--");
    }

    /** Back to what it was at its last {@link #snapshot}, else at its start: booted anew. */
    public void reset() {
        reset(() -> {});
    }

    /**
     * The same.
     *
     * @param prepare changes its files before it boots
     */
    public void reset(Runnable prepare) {
        stop();
        place.drop();
        place.mount();
        prepare.run();
        boot();
    }

    /** Makes what it is now what {@link #reset} goes back to: shut down, and booted anew. */
    public void snapshot() {
        powerOff();
        stop();
        place.freeze();
        place.mount();
        boot();
    }

    /** Shut down and booted, as by {@code reboot}. */
    public void reboot() {
        powerOff();
        stop();
        place.mount();
        boot();
    }

    @Override
    public void close() {
        if (OPEN.remove(this)) {
            stop();
            place.remove();
        }
    }

    /** As if somebody pulled the plug. */
    private void stop() {
        leader.ifPresent(ProcessHandle::destroyForcibly);
        place.unmount();
        if (container != null) {
            container.destroyForcibly().onExit().join();
        }
    }

    private void powerOff() {
        attempt("systemctl", "poweroff");
        await("shut down", () -> !container.isAlive());
    }

    private void boot() {
        List<String> command = new ArrayList<>(
                List.of("setsid", "systemd-nspawn", "-q", "-D", getRoot().toString(), "-M", getName(), "--boot"));
        command.addAll(List.of("--register=no", "--keep-unit", "--console=pipe", "--link-journal=no"));
        command.addAll(List.of("--timezone=off", "--system-call-filter=@keyring bpf"));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(place.inControlGroups(command)).redirectErrorStream(true);
        builder.environment().put("SYSTEMD_NSPAWN_UNIFIED_HIERARCHY", "1");
        builder.redirectInput(new File("/dev/null"))
                .redirectOutput(place.console().toFile());
        try {
            container = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("start", () -> {
            leader = container.toHandle().children().filter(TestHost::isFirst).findFirst();
            return leader.isPresent();
        });
        await("boot", () -> Set.of("running", "degraded")
                .contains(attempt("systemctl", "is-system-running", "--wait")
                        .getOutput()
                        .strip()));
        // Its processes, as the machine sees it. To write there would change the machine's kernel.
        Shell.must(List.of(
                "nsenter",
                "-t",
                leader.orElseThrow().pid(),
                "-p",
                "mount",
                "-t",
                "proc",
                "-o",
                "ro",
                "proc",
                getRoot() + "/proc"));
    }

    /** Whether the process is the first of its namespace, and systemd already; see proc_pid_status(5). */
    private static boolean isFirst(ProcessHandle process) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"));
            return lines.contains("Name:\tsystemd")
                    && lines.stream().anyMatch(line -> line.startsWith("NSpid:") && line.endsWith("\t1"));
        } catch (IOException gone) {
            return false;
        }
    }

    private void await(String what, BooleanSupplier done) {
        long deadline = System.nanoTime() + BOOT_NANOS;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline || (!what.equals("shut down") && !container.isAlive())) {
                throw new IllegalStateException(getName() + " did not " + what + "\n" + console());
            }
            Shell.pause(10);
        }
    }

    private String console() {
        try {
            return Files.readString(place.console());
        } catch (IOException e) {
            return "";
        }
    }
}
