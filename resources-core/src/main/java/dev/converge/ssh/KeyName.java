package dev.converge.ssh;

import dev.converge.accounts.AccountName;
import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import java.util.List;

/**
 * What a key is called: its user, and the comment that its line ends with.
 *
 * @param user who logs in with it
 * @param label whose or what it is, such as {@code alice@laptop}
 */
public record KeyName(AccountName user, String label) implements NamesResources {
    /** @throws InvalidValueException when it is not a user, a colon and a comment */
    public static KeyName parse(String text) {
        int colon = text.indexOf(':');
        String label = colon < 0 ? "" : text.substring(colon + 1);
        if (label.isEmpty() || !label.equals(label.strip()) || label.chars().anyMatch(c -> c < ' ')) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a user and the name of a key.",
                    "Write both, such as authorizedKey('alice', 'alice@laptop').");
        }
        return new KeyName(AccountName.parse(text.substring(0, colon)), label);
    }

    @Override
    public List<String> resourceNames() {
        return List.of(user.text());
    }

    @Override
    public String toString() {
        return user + ":" + label;
    }
}
