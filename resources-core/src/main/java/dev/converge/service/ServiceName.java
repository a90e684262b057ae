package dev.converge.service;

import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import java.util.List;
import java.util.Set;

/**
 * The name of a service or of another unit that can be started: {@code nginx}, {@code nginx.service}, {@code getty@tty1},
 * {@code backup.timer}. The first two are one name.
 *
 * @param unit the unit's whole name, such as {@code nginx.service}
 */
public record ServiceName(String unit) implements NamesResources {
    /** See systemd.unit(5); a dot in a name that ends otherwise, such as {@code php8.2-fpm}, is part of it. */
    static final Set<String> SUFFIXES = Set.of(
            "service", "socket", "timer", "path", "target", "mount", "automount", "swap", "slice", "scope", "device");

    private static final int LONGEST = 255;
    private static final String SERVICE = ".service";

    /** @throws InvalidValueException when no unit can be called so, or a template is meant */
    public static ServiceName parse(String text) {
        requireName(text);
        String unit = suffix(text).isEmpty() ? text + SERVICE : text;
        if (unit.contains("@.")) {
            throw new InvalidValueException(
                    "\"" + text + "\" is a template, and only its instances can run.",
                    "Name the instance, such as '" + unit.replace("@.", "@1.").replace(SERVICE, "") + "'.");
        }
        return new ServiceName(unit);
    }

    static void requireName(String text) {
        if (!text.matches("[A-Za-z0-9:_.\\\\@-]+") || text.startsWith(".") || text.length() > LONGEST) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not the name of a service.",
                    "A name has letters, digits and \":\", \"-\", \"_\", \".\", \"\\\", \"@\", such as 'nginx' or 'getty@tty1'.");
        }
    }

    /** What follows the last dot when it is a kind of unit; else empty text. */
    static String suffix(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return name.indexOf('.') > 0 && SUFFIXES.contains(last) ? last : "";
    }

    /** The unit that an instance is made from, {@code getty@.service}; the unit itself when it is no instance. */
    static String templateOf(String unit) {
        int at = unit.indexOf('@');
        return at < 0 ? unit : unit.substring(0, at + 1) + unit.substring(unit.lastIndexOf('.'));
    }

    /** The template that it is made from; the timer or the package that brings it. Its unit says so itself. */
    @Override
    public List<String> resourceNames() {
        String name = toString();
        String bare = name.endsWith(".timer") ? name.substring(0, name.length() - ".timer".length()) : name;
        return unit.contains("@") ? List.of(templateOf(unit), bare) : List.of(bare);
    }

    /** What OpenRC and SysV, which know services only, call it. */
    String script() {
        return toString();
    }

    @Override
    public String toString() {
        return unit.endsWith(SERVICE) ? unit.substring(0, unit.length() - SERVICE.length()) : unit;
    }
}
