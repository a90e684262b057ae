package dev.converge.service;

import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The name of a unit's file, {@code app.service} or {@code app@.service}, or of a drop-in, {@code app.service.d/limits.conf}.
 *
 * @param unit the unit's whole name
 * @param dropIn the name of the drop-in, without {@code .conf}; empty for the unit's own file
 */
public record UnitFileName(String unit, Optional<String> dropIn) implements NamesResources {
    /** @throws InvalidValueException when systemd would not read a file of that name */
    public static UnitFileName parse(String text) {
        int folder = text.indexOf(".d/");
        String unit = folder < 0 ? text : text.substring(0, folder);
        ServiceName.requireName(unit);
        if (ServiceName.suffix(unit).isEmpty()) {
            throw new InvalidValueException(
                    "\"" + text + "\" does not say what kind of unit it is.",
                    "Write '" + unit + ".service', or the name of a drop-in such as '" + unit
                            + ".service.d/override'.");
        }
        if (folder < 0) {
            return new UnitFileName(unit, Optional.empty());
        }
        String name = text.substring(folder + ".d/".length());
        String bare = name.endsWith(".conf") ? name.substring(0, name.length() - ".conf".length()) : name;
        ServiceName.requireName(bare);
        return new UnitFileName(unit, Optional.of(bare));
    }

    /** Its path below a folder of units. */
    Path in(Path folder) {
        return folder.resolve(toString());
    }

    boolean isTemplate() {
        return unit.contains("@.");
    }

    /** The service that is started from it; what is made from a template names the template itself. */
    @Override
    public List<String> resourceNames() {
        return isTemplate() ? List.of() : List.of(ServiceName.parse(unit).toString());
    }

    @Override
    public String toString() {
        return unit + dropIn.map(name -> ".d/" + name + ".conf").orElse("");
    }
}
