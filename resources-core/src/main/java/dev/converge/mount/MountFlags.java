package dev.converge.mount;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares options of mount(8) with those that the kernel shows. Options that it does not show cannot be compared. */
final class MountFlags {
    /** Options by their opposites; a mount has the second ones unless it is told otherwise. */
    private static final Map<String, String> OPPOSITES =
            Map.of("ro", "rw", "nosuid", "suid", "nodev", "dev", "noexec", "exec", "sync", "async");

    /** What ordinary users may mount is made harmless. */
    private static final Map<String, List<String>> IMPLIED = Map.of(
            "user", List.of("nosuid", "nodev", "noexec"),
            "users", List.of("nosuid", "nodev", "noexec"),
            "owner", List.of("nosuid", "nodev"),
            "group", List.of("nosuid", "nodev"));

    private static final Set<String> TIMES = Set.of("noatime", "relatime", "strictatime");
    private static final Set<String> SHOWN = Set.of("nodiratime", "lazytime", "dirsync", "nosymfollow");

    private static final Pattern SIZE = Pattern.compile("size=(\\d+)([kKmMgG]?)");

    private MountFlags() {}

    static boolean satisfied(List<String> wanted, Mounted live) {
        Map<String, Boolean> flags = flags(wanted);
        for (String flag : OPPOSITES.keySet()) {
            if (flags.getOrDefault(flag, false) != live.options().contains(flag)) {
                return false;
            }
        }
        for (String option : wanted) {
            if (isVisible(option) && !isShown(option, live.options())) {
                return false;
            }
        }
        return size(wanted).isEmpty()
                || !live.type().equals("tmpfs")
                || size(wanted).equals(size(live.options()));
    }

    /** Of several that contradict each other the last one counts. */
    private static Map<String, Boolean> flags(List<String> wanted) {
        Map<String, Boolean> flags = new HashMap<>();
        for (String option : wanted) {
            IMPLIED.getOrDefault(option, List.of()).forEach(flag -> flags.put(flag, true));
            OPPOSITES.forEach((flag, opposite) -> {
                if (option.equals(flag) || option.equals(opposite)) {
                    flags.put(flag, option.equals(flag));
                }
            });
        }
        return flags;
    }

    private static boolean isVisible(String option) {
        return TIMES.contains(option) || SHOWN.contains(option);
    }

    /** The kernel shows strictatime by showing neither of the others. */
    private static boolean isShown(String option, Set<String> live) {
        return option.equals("strictatime")
                ? !live.contains("relatime") && !live.contains("noatime")
                : live.contains(option);
    }

    /** A share of the memory, such as {@code 50%}, is shown as something else, and not compared. */
    private static Optional<Long> size(Iterable<String> options) {
        Optional<Long> found = Optional.empty();
        for (String option : options) {
            Matcher size = SIZE.matcher(option);
            if (size.matches()) {
                int shift =
                        switch (size.group(2)) {
                            case "k", "K" -> 10;
                            case "m", "M" -> 20;
                            case "g", "G" -> 30;
                            default -> 0;
                        };
                found = Optional.of(Long.parseLong(size.group(1)) << shift);
            }
        }
        return found;
    }
}
