package dev.converge.cli;

import static dev.converge.cli.Option.DETAILED_EXITCODE;
import static dev.converge.cli.Option.DRY_RUN;
import static dev.converge.cli.Option.FORMAT;
import static dev.converge.cli.Option.HOST;
import static dev.converge.cli.Option.JOBS;
import static dev.converge.cli.Option.OUTPUT;
import static dev.converge.cli.Option.QUIET;
import static dev.converge.cli.Option.SITE;
import static dev.converge.cli.Option.STATE_DIR;
import static dev.converge.cli.Option.TAGS;
import static dev.converge.cli.Option.VERBOSE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Converge can be told to do, with the operands and options that go with it. */
enum CommandName {
    CONVERGE(
            "",
            List.of("MANIFEST|SITE_DIR"),
            1,
            "bring this host to what the manifest says",
            List.of(DRY_RUN, OUTPUT, TAGS, JOBS, STATE_DIR, QUIET, VERBOSE, DETAILED_EXITCODE)),
    COMPILE(
            "compile",
            List.of("MANIFEST|SITE_DIR"),
            1,
            "print the catalog of a host",
            List.of(HOST, Option.FACTS, FORMAT, VERBOSE)),
    EXPLAIN(
            "explain",
            List.of("TYPE|TYPE.ATTRIBUTE|ID", "SITE"),
            0,
            "tell about a resource type, an attribute, or a resource such as 'file[/etc/motd]'",
            List.of(SITE, VERBOSE)),
    INSPECT(
            "inspect",
            List.of("TYPE", "NAME"),
            1,
            "print what is on this host as a manifest",
            List.of(STATE_DIR, VERBOSE)),
    FACT_LIST("facts", List.of("PATH"), 0, "print the facts of this host", List.of(OUTPUT, VERBOSE));

    private static final List<Option> EVERYWHERE = List.of(Option.NO_COLOR, Option.HELP, Option.VERSION);

    private final String word;
    private final List<String> operands;
    private final int required;
    private final String meaning;
    private final List<Option> options;

    CommandName(String word, List<String> operands, int required, String meaning, List<Option> options) {
        this.word = word;
        this.operands = operands;
        this.required = required;
        this.meaning = meaning;
        this.options = options;
    }

    /** The first word; empty for the run itself, which has none. */
    String word() {
        return word;
    }

    List<String> operands() {
        return operands;
    }

    /** How many of the operands must be given. */
    int required() {
        return required;
    }

    String meaning() {
        return meaning;
    }

    List<Option> options() {
        List<Option> all = new ArrayList<>(options);
        all.addAll(EVERYWHERE);
        return all;
    }

    /** What is typed to get it. */
    String spelling() {
        return word.isEmpty() ? "converge" : "converge " + word;
    }

    static Optional<CommandName> of(String word) {
        for (CommandName command : values()) {
            if (!command.word.isEmpty() && command.word.equals(word)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    static List<String> words() {
        List<String> words = new ArrayList<>();
        for (CommandName command : values()) {
            if (!command.word.isEmpty()) {
                words.add(command.word);
            }
        }
        return words;
    }
}
