package dev.converge.cli;

import static dev.converge.cli.Option.AGENT_FILE;
import static dev.converge.cli.Option.ALLOW_SECRETS;
import static dev.converge.cli.Option.DETAILED_EXITCODE;
import static dev.converge.cli.Option.DRY_RUN;
import static dev.converge.cli.Option.FILE;
import static dev.converge.cli.Option.FORCE;
import static dev.converge.cli.Option.FORM;
import static dev.converge.cli.Option.FORMAT;
import static dev.converge.cli.Option.HOST;
import static dev.converge.cli.Option.JOBS;
import static dev.converge.cli.Option.KEY_FILE;
import static dev.converge.cli.Option.LENIENT;
import static dev.converge.cli.Option.LIST;
import static dev.converge.cli.Option.OFFLINE;
import static dev.converge.cli.Option.OUTPUT;
import static dev.converge.cli.Option.PLAN;
import static dev.converge.cli.Option.QUIET;
import static dev.converge.cli.Option.RUN;
import static dev.converge.cli.Option.SAVE_PLAN;
import static dev.converge.cli.Option.SITE;
import static dev.converge.cli.Option.STATE_DIR;
import static dev.converge.cli.Option.TAGS;
import static dev.converge.cli.Option.TEST_FORM;
import static dev.converge.cli.Option.TIME_LIMIT;
import static dev.converge.cli.Option.UPDATE;
import static dev.converge.cli.Option.UPDATE_GOLDENS;
import static dev.converge.cli.Option.VERBOSE;
import static dev.converge.cli.Option.WAIT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What Converge can be told to do, with the operands and options that go with it. */
enum CommandName {
    CONVERGE(
            "",
            "bring this host to what the manifest says",
            List.of(Operand.optional(
                    "MANIFEST|SITE_DIR",
                    "a manifest, or a folder with a site.groovy in it; what the agent follows when left out")),
            List.of(
                    DRY_RUN,
                    SAVE_PLAN,
                    PLAN,
                    FORM,
                    TAGS,
                    JOBS,
                    TIME_LIMIT,
                    WAIT,
                    STATE_DIR,
                    AGENT_FILE,
                    QUIET,
                    VERBOSE,
                    DETAILED_EXITCODE)),
    COMPILE(
            "compile",
            "print the catalog of a host",
            List.of(Operand.required("MANIFEST|SITE_DIR", "a manifest, or a folder with a site.groovy in it")),
            List.of(HOST, Option.FACTS, FORMAT, STATE_DIR, VERBOSE)),
    RENDER(
            "render",
            "print what makes a host at its first boot, without Converge",
            List.of(
                    Operand.required("TARGET", "cloud-init, rancheros, shell, dot or json"),
                    Operand.optional(
                            "MANIFEST|SITE_DIR",
                            "a manifest, or a folder with a site.groovy in it; only --bootstrap --url goes without")),
            List.of(
                    HOST,
                    Option.FACTS,
                    LENIENT,
                    ALLOW_SECRETS,
                    Option.MAX_SIZE,
                    Option.PART_URL,
                    Option.BOOTSTRAP,
                    Option.SITE_URL,
                    Option.REF,
                    Option.INSTALL,
                    Option.CHECKSUM,
                    Option.HOST_KEY,
                    Option.DAEMON,
                    FILE,
                    STATE_DIR,
                    VERBOSE)),
    SERVE(
            "serve",
            "serve over HTTP what makes hosts at their first boot, rendered for each that asks",
            List.of(Operand.optional(
                    "SITE_DIR|URL",
                    "a folder with a site, or the address of a Git repository; the source of the agent when left out")),
            List.of(
                    Option.LISTEN,
                    Option.PUBLIC_URL,
                    Option.TLS_CERT,
                    Option.TLS_KEY,
                    Option.SITE_REF,
                    Option.SOURCE_FILE,
                    Option.INTERVAL,
                    Option.DATA_AGE,
                    Option.TOKEN_GRACE,
                    Option.RENDER_LIMIT,
                    Option.RENDER_JOBS,
                    LENIENT,
                    ALLOW_SECRETS,
                    STATE_DIR,
                    Option.NO_ACCESS_LOG,
                    VERBOSE)),
    EXPLAIN(
            "explain",
            "tell about a resource type, an attribute, or one resource",
            List.of(
                    Operand.optional("WHAT", "such as file, file.mode, or 'file[/etc/motd]'; every type when left out"),
                    Operand.optional("SITE_DIR", "the site that a resource is looked up in, like --site")),
            List.of(SITE, STATE_DIR, VERBOSE)),
    INSPECT(
            "inspect",
            "print what is on this host as a manifest",
            List.of(
                    Operand.required("TYPE", "a resource type"),
                    Operand.optional("NAME", "which one; all of them when left out")),
            List.of(STATE_DIR, VERBOSE)),
    RESTORE(
            "restore",
            "bring back what a run has replaced, or undo a run",
            List.of(Operand.optional(
                    "PATH|RUN", "a path, a run's id or the beginning of one, or last; the runs when left out")),
            List.of(RUN, LIST, FORCE, DRY_RUN, WAIT, OUTPUT, STATE_DIR, QUIET, VERBOSE, DETAILED_EXITCODE)),
    FACT_LIST(
            "facts",
            "print the facts of this host",
            List.of(Operand.optional("PATH", "such as os.family; all of them when left out")),
            List.of(OUTPUT, STATE_DIR, VERBOSE)),
    REPORT(
            "report",
            "tell of earlier runs on this host",
            List.of(
                    Operand.required("list|show|last", "all that are kept; one of them; the last one"),
                    Operand.optional("RUN", "which one to show: its id, the beginning of its id, or last")),
            List.of(FORM, STATE_DIR, VERBOSE)),
    DATA(
            "data",
            "make a key, encrypt values of a site's data, and edit them",
            List.of(
                    Operand.required(
                            "key|encrypt|edit", "make a key; encrypt a value; edit a file with encrypted values"),
                    Operand.optional(
                            "FILE",
                            "the key file to make, or the data file; a value to encrypt is read from standard input"),
                    Operand.optional("KEY", "which value of the data file to encrypt where it stands")),
            List.of(KEY_FILE, STATE_DIR, VERBOSE)),
    LOOKUP(
            "lookup",
            "print what a key of the site's data is on this host, or on another",
            List.of(Operand.required("KEY", "such as ntp.servers")),
            List.of(Option.DATA_SITE, HOST, Option.FACTS, Option.EXPLAIN, OUTPUT, STATE_DIR, VERBOSE)),
    MODULE(
            "module",
            "install the modules that a site lists; begin, document and test one",
            List.of(
                    Operand.required(
                            "install|new|docs|test",
                            "bring what converge.modules.yaml lists; make a folder for a new module; write what"
                                    + " its composites take into its README.md; run the specs in its test/"),
                    Operand.optional("DIR", "the site, the folder to make, or the module; here when left out")),
            List.of(UPDATE, OFFLINE, TEST_FORM, UPDATE_GOLDENS, STATE_DIR, VERBOSE)),
    AGENT(
            "agent",
            "keep this host as a Git repository says; ask the agent how it is",
            List.of(
                    Operand.required(
                            "run|once|status|enable|disable",
                            "keep the host from now on; run now; tell how the agent is; let it do something, or nothing"),
                    Operand.optional("REASON", "why the agent is disabled, for whoever wonders")),
            List.of(AGENT_FILE, OUTPUT, QUIET, VERBOSE, DETAILED_EXITCODE)),
    COMPLETION("completion", "print a script that completes commands and options in bash", List.of(), List.of());

    private static final List<Option> EVERYWHERE = List.of(Option.NO_COLOR, Option.HELP, Option.VERSION);

    private final String word;
    private final String meaning;
    private final List<Operand> operands;
    private final List<Option> options;

    CommandName(String word, String meaning, List<Operand> operands, List<Option> options) {
        this.word = word;
        this.meaning = meaning;
        this.operands = operands;
        this.options = options;
    }

    /** The first word; empty for the run itself, which has none. */
    String word() {
        return word;
    }

    String meaning() {
        return meaning;
    }

    List<Operand> operands() {
        return operands;
    }

    List<Option> options() {
        List<Option> all = new ArrayList<>(options);
        all.addAll(EVERYWHERE);
        return all;
    }

    /** Its option of that word; several commands may give one word different values. */
    Optional<Option> option(String word) {
        for (Option option : options()) {
            if (option.word().equals(word)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** What is typed to get it. */
    String spelling() {
        return word.isEmpty() ? "converge" : "converge " + word;
    }

    /** The first words of the commands; the run itself has none. */
    static List<String> words() {
        List<String> words = new ArrayList<>();
        for (CommandName command : subcommands()) {
            words.add(command.word);
        }
        return words;
    }

    /** The grammar with every command in it. */
    static CommandSpec grammar() {
        return grammar(words());
    }

    /** The grammar with no more than is needed to understand these words: what is not built costs no time. */
    static CommandSpec grammar(List<String> words) {
        CommandSpec root = CONVERGE.spec();
        root.parser()
                .expandAtFiles(false)
                .overwrittenOptionsAllowed(true)
                .posixClusteredShortOptionsAllowed(false)
                .allowSubcommandsAsOptionParameters(true);
        for (CommandName command : subcommands()) {
            if (words.contains(command.word)) {
                CommandSpec spec = command.spec();
                spec.parser(root.parser());
                root.addSubcommand(command.word, spec);
            }
        }
        return root;
    }

    /** Which command a specification is of. */
    static CommandName of(CommandSpec spec) {
        return (CommandName) spec.userObject();
    }

    private static List<CommandName> subcommands() {
        return List.of(values()).subList(1, values().length);
    }

    private CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name(word.isEmpty() ? "converge" : word);
        for (Option option : options()) {
            spec.addOption(option.spec());
        }
        for (int i = 0; i < operands.size(); i++) {
            spec.addPositional(operands.get(i).spec(i));
        }
        return spec;
    }

    /**
     * What stands on the command line without a name.
     *
     * @param label what it looks like
     * @param meaning what it is for
     * @param required whether the command cannot do without
     */
    record Operand(String label, String meaning, boolean required) {
        static Operand required(String label, String meaning) {
            return new Operand(label, meaning, true);
        }

        static Operand optional(String label, String meaning) {
            return new Operand(label, meaning, false);
        }

        private PositionalParamSpec spec(int index) {
            return PositionalParamSpec.builder()
                    .index(String.valueOf(index))
                    .type(String.class)
                    .paramLabel(label)
                    .description(meaning)
                    .required(required)
                    .build();
        }
    }
}
