package dev.converge.augeas;

import java.util.Optional;
import java.util.Set;

/** What a setting's key and value mean in a kind of file, as far as its lens does not say it. */
enum Syntax {
    /** {@code Key value}, keys in any case; the first of several counts, and what follows a Match or Host is for some only. */
    SSH,
    /** {@code Key=value} below a section, with values that the lens takes apart. */
    SYSTEMD,
    /** {@code KEY="value"} as a shell reads it; the last of several counts. */
    SHELL,
    /** Keys without sections; the last of several counts. */
    LAST_COUNTS,
    /** Keys in sections; several of one key may each count. */
    SECTIONS,
    /** Keys and sections, where a section is a node called {@code target} with its name as value. */
    TITLED_SECTIONS,
    /** The same, where the node is called {@code section}, and what is before the first one is a section too. */
    LOOSE_SECTIONS;

    /** What a loose lens calls the section before the first one. */
    static final String NO_TITLE = ".anon";

    private static final Set<String> LAST = Set.of("Sysctl", "Login_defs", "Simplevars", "Spacevars", "Postfix_Main");
    private static final Set<String> TITLED = Set.of("MySQL", "Samba", "Darkice", "Dput", "Splunk", "Sssd");

    static Syntax of(LensName lens) {
        String module = lens.module();
        if (lens.text().startsWith("IniFile.lns_loose")) {
            return LOOSE_SECTIONS;
        }
        if (LAST.contains(module)) {
            return LAST_COUNTS;
        }
        if (TITLED.contains(module)) {
            return TITLED_SECTIONS;
        }
        return switch (module) {
            case "Sshd", "Ssh" -> SSH;
            case "Systemd" -> SYSTEMD;
            case "Shellvars" -> SHELL;
            default -> SECTIONS;
        };
    }

    boolean isSectioned() {
        return switch (this) {
            case SSH, SHELL, LAST_COUNTS -> false;
            case SYSTEMD, SECTIONS, TITLED_SECTIONS, LOOSE_SECTIONS -> true;
        };
    }

    /** What nodes of sections are called; empty where that is the section's own name. */
    Optional<String> sectionLabel() {
        return switch (this) {
            case TITLED_SECTIONS -> Optional.of("target");
            case LOOSE_SECTIONS -> Optional.of("section");
            case SSH, SYSTEMD, SHELL, LAST_COUNTS, SECTIONS -> Optional.empty();
        };
    }

    /** The lines by which the lens finds out what a value is made of; empty where the value is the node's, as it is. */
    Optional<String> lines(Optional<String> section, String key, String value) {
        return switch (this) {
            case SSH -> Optional.of(key + " " + value + "\n");
            case SYSTEMD -> section.map(title -> "[" + title + "]\n" + key + "=" + value + "\n");
            case SHELL, LAST_COUNTS, SECTIONS, TITLED_SECTIONS, LOOSE_SECTIONS -> Optional.empty();
        };
    }
}
