package dev.converge.ini;

import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import dev.converge.model.PartedName;
import dev.converge.textedit.FileAndName;
import java.util.List;

/**
 * What a setting is called: its file, its section and its key. A section may have colons in its name, as in
 * {@code [program:web]}; a key has none.
 *
 * @param file the file, and what follows it
 * @param section empty for what stands before the first section
 */
public record IniName(FileAndName file, String section, String key) implements NamesResources, PartedName {
    private static final String EXAMPLE = "iniSetting('/etc/app.ini', 'server', 'port', '8080')";

    /** @throws InvalidValueException when it is not a path, a section and a key with colons between them */
    public static IniName parse(String text) {
        FileAndName parts = FileAndName.parse(text, EXAMPLE);
        int colon = parts.rest().lastIndexOf(':');
        if (colon < 0) {
            throw new InvalidValueException(
                    "\"" + text + "\" has no section or no key.",
                    "Write the file, the section ('' for none) and the key, such as " + EXAMPLE + ".");
        }
        String section = parts.rest().substring(0, colon);
        String key = parts.rest().substring(colon + 1);
        requireName("section", section, section.matches(".*[\\[\\]].*"));
        requireName("key", key, key.isEmpty() || key.matches("[;#\\[].*|.*=.*"));
        return new IniName(parts, section, key);
    }

    private static void requireName(String what, String name, boolean wrong) {
        if (wrong || !name.equals(name.strip())) {
            throw new InvalidValueException(
                    "No " + what + " can be called \"" + name + "\".", "Write it as in the file, without brackets.");
        }
    }

    @Override
    public List<String> parts() {
        return List.of(file.file().toString(), section, key);
    }

    @Override
    public List<String> resourceNames() {
        return file.resourceNames();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
