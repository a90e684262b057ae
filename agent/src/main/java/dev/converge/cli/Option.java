package dev.converge.cli;

import java.util.Optional;

/** Something that can be asked for on the command line, whatever the command. */
enum Option {
    DRY_RUN("--dry-run", "", "look, and say what would change; never writes"),
    OUTPUT("--output", "text|json", "for people or for programs; text when left out"),
    TAGS("--tags", "A,B", "only resources with one of these tags"),
    JOBS("--jobs", "N", "how many resources may be in hand at once"),
    STATE_DIR("--state-dir", "DIR", "where backups, reports and the lock are kept"),
    QUIET("--quiet", "", "say only what went wrong"),
    VERBOSE("--verbose", "", "name every resource, and where the time went"),
    DETAILED_EXITCODE("--detailed-exitcode", "", "exit with 2 when something was changed"),
    HOST("--host", "NAME", "compile for a host of this name"),
    FACTS("--facts", "FILE", "compile with facts that \"converge facts --output json\" printed"),
    FORMAT("--format", "json|dot", "the form of the catalog; json when left out"),
    SITE("--site", "DIR", "the site that a resource is looked up in; the current folder when left out"),
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

    String meaning() {
        return meaning;
    }

    boolean isSwitch() {
        return value.isEmpty();
    }

    static Optional<Option> of(String word) {
        for (Option option : values()) {
            if (option.word.equals(word)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }
}
