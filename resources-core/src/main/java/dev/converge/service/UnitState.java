package dev.converge.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A unit as systemd knows it: what {@code systemctl show} prints of it; see org.freedesktop.systemd1(5).
 *
 * @param id its first name; other names are aliases
 * @param load {@code loaded}, {@code not-found}, {@code masked}, {@code bad-setting}, {@code error}
 * @param active {@code active}, {@code inactive}, {@code failed}, {@code activating} …
 * @param sub the same for its kind of unit, such as {@code auto-restart}
 * @param file {@code enabled}, {@code disabled}, {@code static}, {@code masked} …; empty text when it has no file
 * @param all every property that was asked for
 */
record UnitState(String id, String load, String active, String sub, String file, Map<String, String> all) {
    static final String PROPERTIES = "Id,LoadState,ActiveState,SubState,UnitFileState,NeedDaemonReload,FragmentPath,"
            + "SourcePath,Result,ExecMainStatus,Type,RemainAfterExit,CanReload";

    UnitState(Map<String, String> all) {
        this(
                all.getOrDefault("Id", ""),
                all.getOrDefault("LoadState", ""),
                all.getOrDefault("ActiveState", ""),
                all.getOrDefault("SubState", ""),
                all.getOrDefault("UnitFileState", ""),
                Map.copyOf(all));
    }

    /** One state for each block of lines, in their order: that in which the units were asked for. */
    static List<UnitState> parse(String output) {
        List<UnitState> states = new ArrayList<>();
        Map<String, String> block = new HashMap<>();
        for (String line : output.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                block.put(line.substring(0, equals), line.substring(equals + 1));
            } else if (line.isEmpty() && !block.isEmpty()) {
                states.add(new UnitState(block));
                block.clear();
            }
        }
        return states;
    }

    /** What is known of a unit while systemd does not run. */
    static UnitState offline(String unit, String file) {
        String load = file.isEmpty() ? "not-found" : file.startsWith("masked") ? "masked" : "loaded";
        return new UnitState(unit, load, "inactive", "dead", file, Map.of());
    }

    boolean exists() {
        return !load.equals("not-found");
    }

    boolean isMasked() {
        return load.equals("masked") || file.startsWith("masked");
    }

    boolean isUp() {
        return active.equals("active") || active.equals("reloading") || active.equals("refreshing");
    }

    /** Whether it runs; empty while it is on its way up or down, or fails and is started again and again. */
    Optional<Boolean> runs() {
        if (isUp()) {
            return Optional.of(true);
        }
        return active.equals("inactive") || active.equals("failed") ? Optional.of(false) : Optional.empty();
    }

    /** Whether it starts at boot; empty when only until the next one. */
    Optional<Boolean> isEnabled() {
        return switch (file) {
            case "enabled" -> Optional.of(true);
            case "enabled-runtime" -> Optional.empty();
            default -> Optional.of(false);
        };
    }

    /** Whether it is made from an init script, whose links say when it starts. */
    boolean isScript() {
        return value("SourcePath").startsWith("/etc/init.d/") && file.equals("generated");
    }

    boolean needsReload() {
        return value("NeedDaemonReload").equals("yes");
    }

    boolean canReload() {
        return value("CanReload").equals("yes");
    }

    /** Whether it ends by itself when its work is done, so that it never stays running. */
    boolean endsByItself() {
        return value("Type").equals("oneshot") && value("RemainAfterExit").equals("no");
    }

    /** Whether systemd calls it started before it is known to have come up. */
    boolean startsUnseen() {
        String type = value("Type");
        return type.equals("simple") || type.equals("exec") || type.equals("idle");
    }

    String value(String property) {
        return all.getOrDefault(property, "");
    }
}
