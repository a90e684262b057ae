package dev.converge.augeas;

import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import dev.converge.textedit.FileAndName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which setting of which file: {@code /etc/ssh/sshd_config:PermitRootLogin}, {@code /etc/mysql/my.cnf:mysqld/port}.
 *
 * @param parts the file, then the key as the file writes it, after the name of its section and a slash where the file has
 *     sections
 */
public record SettingName(FileAndName parts) implements NamesResources {
    /** @throws InvalidValueException when it is no path and a key */
    public static SettingName parse(String text) {
        FileAndName parts = FileAndName.parse(text, "setting('/etc/ssh/sshd_config', 'PermitRootLogin', 'no')");
        String key = parts.rest();
        if (key.isBlank() || !key.equals(key.strip()) || key.endsWith("/")) {
            throw new InvalidValueException("\"" + key + "\" is no key of a setting.");
        }
        return new SettingName(parts);
    }

    Path file() {
        return parts.file();
    }

    String key() {
        return parts.rest();
    }

    /** The part before the last slash, in a file that has sections. */
    Optional<String> section(boolean sectioned) {
        int slash = key().lastIndexOf('/');
        return sectioned && slash > 0 ? Optional.of(key().substring(0, slash)) : Optional.empty();
    }

    /** The key without its section. */
    String plainKey(boolean sectioned) {
        return sectioned ? key().substring(key().lastIndexOf('/') + 1) : key();
    }

    @Override
    public List<String> resourceNames() {
        return parts.resourceNames();
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
