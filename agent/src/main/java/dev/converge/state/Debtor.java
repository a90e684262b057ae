package dev.converge.state;

import java.util.Optional;

/**
 * Who answers for what a run leaves undone.
 *
 * @param command what the user started, for people
 * @param site where the site is, whatever links lead there; empty for a run of none, such as a restore
 */
public record Debtor(String command, Optional<String> site) {
    /** What debts are known by: a site owes them however it is named, and whatever options it is run with. */
    String name() {
        return site.orElse(command);
    }
}
