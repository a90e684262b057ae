package dev.converge.cli;

import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Something that can be asked for on the command line, whatever the command. */
enum Option {
    DRY_RUN("--dry-run", "", "look, and say what would change; never writes"),
    SAVE_PLAN("--save-plan", "FILE", "with --dry-run: write what would change into a file, for review"),
    PLAN("--plan", "FILE", "make exactly the changes of a saved plan, or none"),
    OUTPUT("--output", "text|json", "for people or for programs; text when left out"),
    FORM("--output", "text|json|junit", "for people, for programs, or as test results; text when left out"),
    TEST_FORM("--output", "text|junit", "for people, or as test results for programs; text when left out"),
    UPDATE_GOLDENS("--update-goldens", "", "write golden catalogs as they are now instead of comparing them"),
    TAGS("--tags", "A,B", "only resources with one of these tags"),
    JOBS("--jobs", "N", "how many resources may be in hand at once"),
    TIME_LIMIT("--time-limit", "TIME", "begin nothing more after so long, such as 30m, and end what is in hand"),
    WAIT("--wait", "TIME", "wait so long for another run on this host to end, such as 10m"),
    STATE_DIR("--state-dir", "DIR", "where backups, reports and the lock are kept"),
    AGENT_FILE("--agent-file", "FILE", "what the agent follows; /etc/converge/agent.yaml when left out"),
    QUIET("--quiet", "", "say only what went wrong"),
    VERBOSE("--verbose", "", "name every resource, and where the time went"),
    DETAILED_EXITCODE("--detailed-exitcode", "", "exit with 2 when something was changed"),
    HOST("--host", "NAME", "compile for a host of this name"),
    FACTS("--facts", "FILE", "compile with facts that \"converge facts --output json\" printed"),
    FORMAT("--format", "json|dot", "the form of the catalog; json when left out"),
    LENIENT("--lenient", "", "leave out what the target cannot express, and say so"),
    ALLOW_SECRETS("--allow-secrets", "", "let secrets stand in the output, where others may read them"),
    MAX_SIZE(
            "--max-size",
            "N",
            "how many bytes of user-data the platform takes, 0 for any; 16384 as on EC2 when left out"),
    PART_URL("--part-url", "URL", "print user-data that fetches the rest from there"),
    BOOTSTRAP("--bootstrap", "", "only install Converge, with its configuration, and run it once"),
    SITE_URL("--url", "URL", "with --bootstrap: the repository of the site"),
    REF("--ref", "REF", "with --url: the branch, tag or commit to follow; main when left out"),
    INSTALL(
            "--install",
            "WHAT",
            "with --url: the package to install Converge from, or the address of an archive; packages before it, with commas"),
    CHECKSUM("--checksum", "sha256:…", "with --install: the digest of the archive"),
    HOST_KEY("--key", "FILE", "with --url: the key of the site's data, for /etc/converge/data.key on the host"),
    DAEMON("--daemon", "", "with --url: Converge stays and keeps the host as its site says"),
    LISTEN("--listen", "ADDRESS:PORT", "where to listen; 127.0.0.1:8069 when left out, 0.0.0.0:8069 for the network"),
    PUBLIC_URL("--url", "URL", "how machines reach it; as they have asked when left out"),
    TLS_CERT("--tls-cert", "FILE", "serve HTTPS with this certificate and those that vouch for it, in PEM"),
    TLS_KEY("--tls-key", "FILE", "its key, in PEM"),
    INTERVAL("--interval", "TIME", "how often to look for a new commit; 1m when left out, 2s for a folder"),
    DATA_AGE("--data-age", "TIME", "how old data from Consul and programs may be; 5s when left out"),
    TOKEN_GRACE("--token-grace", "TIME", "how long a machine may come again with its token; 10m when left out"),
    RENDER_LIMIT("--time-limit", "TIME", "how long a machine waits at most; 10s when left out"),
    RENDER_JOBS("--jobs", "N", "how many hosts are rendered at once"),
    SITE_REF("--ref", "REF", "the branch, tag or commit to serve; main when left out"),
    SOURCE_FILE("--agent-file", "FILE", "whose source is served; /etc/converge/agent.yaml when left out"),
    NO_ACCESS_LOG("--quiet", "", "no line for each request"),
    FILE("-o", "FILE", "write it into a file instead of the screen"),
    SITE("--site", "DIR", "the site that a resource is looked up in; the current folder when left out"),
    DATA_SITE("--site", "DIR", "the site whose data is asked; the current folder when left out"),
    EXPLAIN("--explain", "", "name each level that was asked, and why its value counts or not"),
    RUN("--run", "ID", "as it was before this run; the newest kept version when left out"),
    LIST("--list", "", "name what can be restored"),
    FORCE("--force", "", "restore what was changed since, too; what is replaced is kept"),
    KEY_FILE("--key-file", "FILE", "the key; the one that data/hierarchy.yaml names when left out"),
    UPDATE("--update", "", "choose the newest that the list allows, whatever the lock says"),
    OFFLINE("--offline", "", "take all from the cache, ask no server"),
    NO_COLOR("--no-color", "", "no colours, even on a terminal"),
    HELP("--help", "", "show this"),
    VERSION("--version", "", "show the version");

    private final String word;
    private final String value;
    private final String meaning;

    Option(String word, String value, String meaning) {
        this.word = word;
        this.value = value;
        this.meaning = meaning;
    }

    String word() {
        return word;
    }

    /** What its value looks like; empty for a switch. */
    String value() {
        return value;
    }

    /** The words that its value is one of, the usual one first; empty when it can be anything. */
    List<String> choices() {
        return value.indexOf('|') < 0 ? List.of() : List.of(value.split("\\|"));
    }

    boolean takes(String given) {
        return choices().isEmpty() || choices().contains(given);
    }

    OptionSpec spec() {
        OptionSpec.Builder spec = OptionSpec.builder(word).description(meaning);
        if (this == HELP) {
            spec.names("-h", word).usageHelp(true);
        }
        if (this == VERSION) {
            spec.versionHelp(true);
        }
        if (value.isEmpty()) {
            return spec.type(boolean.class).arity("0").build();
        }
        if (!choices().isEmpty()) {
            spec.completionCandidates(choices()).converters(new OneOf(choices()));
        }
        return spec.type(String.class)
                .paramLabel(value)
                .preprocessor(Option::refuseOption)
                .build();
    }

    /** Not even a misspelt option is a value: {@code --tags --dryrun site} would become a live run. */
    private static boolean refuseOption(
            Stack<String> rest, CommandSpec command, ArgSpec option, Map<String, Object> how) {
        boolean apart = " ".equals(how.get("separator"));
        if (apart && !rest.isEmpty() && rest.peek().startsWith("--")) {
            throw new MissingParameterException(command.commandLine(), option, "no value");
        }
        return false;
    }

    private record OneOf(List<String> words) implements ITypeConverter<String> {
        @Override
        public String convert(String given) {
            if (!words.contains(given)) {
                throw new TypeConversionException("not one of " + words);
            }
            return given;
        }
    }
}
