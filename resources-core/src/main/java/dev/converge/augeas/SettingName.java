package dev.converge.augeas;

import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import dev.converge.schema.Parsing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which setting of which file: {@code /etc/ssh/sshd_config:PermitRootLogin}, {@code /etc/mysql/my.cnf:mysqld/port}.
 *
 * @param file as the host sees it
 * @param key as the file writes it, after the name of its section and a slash where the file has sections
 */
public record SettingName(Path file, String key) implements NamesResources {
    /** @throws InvalidValueException when it is no path and a key */
    public static SettingName parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidValueException(
                    "\"" + text + "\" names no setting of a file.",
                    "Write the file and the key, such as '/etc/ssh/sshd_config:PermitRootLogin'.");
        }
        String key = text.substring(colon + 1);
        if (key.isBlank() || !key.equals(key.strip()) || key.indexOf('\n') >= 0 || key.endsWith("/")) {
            throw new InvalidValueException("\"" + key + "\" is no key of a setting.");
        }
        return new SettingName(Parsing.path(text.substring(0, colon)), key);
    }

    /** The part before the last slash, in a file that has sections. */
    Optional<String> section(boolean sectioned) {
        int slash = key.lastIndexOf('/');
        return sectioned && slash > 0 ? Optional.of(key.substring(0, slash)) : Optional.empty();
    }

    /** The key without its section. */
    String plainKey(boolean sectioned) {
        return sectioned ? key.substring(key.lastIndexOf('/') + 1) : key;
    }

    /** The file: a resource that makes it comes first. */
    @Override
    public List<String> resourceNames() {
        return List.of(file.toString());
    }

    @Override
    public String toString() {
        return file + ":" + key;
    }
}
