package dev.converge.cli;

import dev.converge.agent.AgentFile;
import dev.converge.diagnostic.Checked;
import dev.converge.git.GitAddress;
import dev.converge.language.Site;
import dev.converge.model.Durations;
import dev.converge.model.InvalidValueException;
import dev.converge.serve.EditionSettings;
import dev.converge.serve.ServeSettings;
import dev.converge.serve.SiteOrigin;
import dev.converge.serve.SiteServer;
import dev.converge.source.SourceSettings;
import dev.converge.state.StateDirectory;
import dev.converge.systemd.Supervisor;
import dev.converge.target.RenderOptions;
import dev.converge.yaml.Scalars;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code converge serve}: what makes hosts at their first boot, over HTTP. */
final class ServeCommand implements Main.Command {
    private static final Pattern LISTEN = Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([\\w.-]*)):(\\d{1,5})");
    private static final int MOST_JOBS = 256;

    private final Arguments arguments;
    private final Terminal terminal;
    private final Workbench bench;

    ServeCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.bench = new Workbench(arguments, terminal);
    }

    @Override
    public int run() throws InterruptedException {
        StateDirectory state = bench.state();
        SiteOrigin origin = origin();
        ServeSettings settings = settings(state, origin);
        EditionSettings editionSettings = new EditionSettings(
                bench.types(),
                bench.outside(),
                state.manifests(),
                new RenderOptions(arguments.has(Option.LENIENT), arguments.has(Option.ALLOW_SECRETS)),
                settings.limit());
        try (ServeLog log = new ServeLog(terminal, !arguments.has(Option.NO_ACCESS_LOG))) {
            Checked<SiteServer> begun = SiteServer.begin(origin, editionSettings, settings, log);
            if (!begun.isOk()) {
                throw new Failure(begun.diagnostics());
            }
            serve(begun.value().orElseThrow(), log);
        }
        return 0;
    }

    private void serve(SiteServer begun, ServeLog log) {
        Supervisor supervisor =
                Supervisor.of(System.getenv(), ProcessHandle.current().pid());
        try (SiteServer server = begun) {
            Signals.onInterrupt(server::stop, bench.commands()::endAll);
            Signals.onHangUp(server::reload);
            log.say("Serving " + server.hosts() + " as of " + server.commit() + " at " + server.url());
            supervisor.isReady("Serving at " + server.url());
            server.run();
            supervisor.isStopping("Ending");
        }
        log.say("Ended");
    }

    private SiteOrigin origin() {
        Optional<String> place = arguments.operand(0);
        if (place.isEmpty()) {
            refuse(Option.SITE_REF, "The file of --agent-file says which branch, and not");
            Path file = arguments.value(Option.SOURCE_FILE).map(Path::of).orElse(AgentFile.USUAL);
            return new SiteOrigin.Git(AgentFile.read(file)
                    .value()
                    .orElseThrow(() -> Failure.usage(
                            "Nothing to serve",
                            "There is neither a folder with a site, nor an address, nor settings in " + file + ".",
                            "Name one: converge serve SITE_DIR, or converge serve https://git.example.com/site.git."))
                    .source());
        }
        Path folder = Path.of(place.get());
        if (place.get().contains("://") || (!Files.exists(folder) && place.get().contains(":"))) {
            refuse(Option.SOURCE_FILE, "The address is what is served, without");
            return new SiteOrigin.Git(repository(place.get()));
        }
        refuse(Option.SITE_REF, "A folder is served as it is, and has no");
        refuse(Option.SOURCE_FILE, "The folder is what is served, without");
        Path site = bench.site(folder.toString()).root();
        if (!Files.isRegularFile(site.resolve(Site.ENTRY))) {
            throw Failure.usage(
                    "Nothing to serve",
                    place.get() + " is a manifest alone, which has no data that says which hosts there are.",
                    "Name a folder with a site.groovy and a data/common.yaml.");
        }
        return new SiteOrigin.Folder(site);
    }

    /** What would be passed over in silence is a mistake. */
    private void refuse(Option option, String why) {
        if (arguments.has(option)) {
            throw Failure.usage("Bad option", why + " " + option.word() + ".", "Leave " + option.word() + " out.");
        }
    }

    private SourceSettings repository(String address) {
        GitAddress repository = parsed("The address", address, GitAddress::parse);
        if (repository.isSsh()) {
            throw Failure.usage(
                    "No key",
                    address + " is reached by SSH, which wants a key, and no option names one.",
                    "Write source: { url, ref, sshKey, knownHosts } into a file as for the agent, and name that:"
                            + " converge serve --agent-file FILE.");
        }
        return SourceSettings.plain(
                parsed("The address", address, GitAddress::parse),
                arguments.value(Option.SITE_REF).orElse(SourceSettings.USUAL_REF));
    }

    private ServeSettings settings(StateDirectory state, SiteOrigin origin) {
        Duration interval = origin instanceof SiteOrigin.Folder ? Duration.ofSeconds(2) : Duration.ofMinutes(1);
        return new ServeSettings(
                listen(arguments.value(Option.LISTEN).orElse("127.0.0.1:8069")),
                tls(),
                arguments.value(Option.PUBLIC_URL).map(ServeCommand::publicAddress),
                time(Option.INTERVAL, interval),
                time(Option.DATA_AGE, Duration.ofSeconds(5)),
                time(Option.RENDER_LIMIT, Duration.ofSeconds(10)),
                arguments
                        .value(Option.RENDER_JOBS)
                        .map(jobs -> parsed("--jobs", jobs, text -> Scalars.number(text, 1, MOST_JOBS)))
                        .orElse(Runtime.getRuntime().availableProcessors()),
                time(Option.TOKEN_GRACE, Duration.ofMinutes(10)),
                state.path().resolve("serve"));
    }

    private static String publicAddress(String text) {
        return parsed("--url", text, url -> Scalars.webAddress(url, "https://boot.example.com"))
                .toString()
                .replaceFirst("/+$", "");
    }

    private Optional<ServeSettings.Tls> tls() {
        Optional<Path> certificate = arguments.value(Option.TLS_CERT).map(Path::of);
        Optional<Path> key = arguments.value(Option.TLS_KEY).map(Path::of);
        if (certificate.isPresent() != key.isPresent()) {
            throw Failure.usage(
                    "Bad option",
                    "--tls-cert and --tls-key go together.",
                    "Name a certificate and its key: --tls-cert server.pem --tls-key server.key.");
        }
        return certificate.map(known -> new ServeSettings.Tls(known, key.orElseThrow()));
    }

    private Duration time(Option option, Duration usual) {
        return arguments
                .value(option)
                .map(text -> parsed(option.word(), text, Durations::parse))
                .orElse(usual);
    }

    private static InetSocketAddress listen(String text) {
        Matcher parts = LISTEN.matcher(text);
        String advice = "Write --listen 127.0.0.1:8069, --listen 0.0.0.0:8069 or --listen '[::]:8069'.";
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > 0xffff) {
            throw Failure.usage("Bad option", "--listen takes an address and a port, not \"" + text + "\".", advice);
        }
        String host = Optional.ofNullable(parts.group(1)).orElse(parts.group(2));
        try {
            InetAddress address = InetAddress.getByName(host.isEmpty() ? "127.0.0.1" : host);
            return new InetSocketAddress(address, Integer.parseInt(parts.group(3)));
        } catch (UnknownHostException e) {
            throw Failure.usage("Bad option", "--listen: nobody knows an address \"" + host + "\".", advice);
        }
    }

    private static <T> T parsed(String what, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (InvalidValueException e) {
            throw Failure.usage(
                    "Bad option", what + ": " + e.getMessage(), e.advice().orElse("Try converge serve --help."));
        }
    }
}
