package dev.converge.pkg;

import dev.converge.provider.CommandResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from what apt and dpkg print which packages a failed transaction is about. */
final class AptSetback {
    /** Each begins a sentence of apt, dpkg or the system that names no package, or an innocent one. */
    private static final List<String> GENERAL = List.of(
            "No space left on device",
            "You don't have enough free space",
            "dpkg was interrupted",
            "Read-only file system",
            "Permission denied",
            "are you root");

    private static final List<String> UNREACHABLE =
            List.of("Temporary failure resolving", "Could not resolve", "Could not connect", "Network is unreachable");

    private static final Pattern CONFIGURED = Pattern.compile("dpkg: error processing package (\\S+?)(?::\\S+)? \\(.*");

    /** {@code /tmp/apt-dpkg-install-x/07-name_1.0_all.deb}. */
    private static final Pattern UNPACKED =
            Pattern.compile("dpkg: error processing archive (?:\\S*/)?(?:\\d+-)?([^/_\\s]+)(?:_\\S*)? \\(.*");

    private static final Pattern UNMET =
            Pattern.compile(" (\\S+?)(?::\\S+)? : (?:Pre)?(?:Depends|Conflicts|Breaks|Recommends):? .*");

    private static final Pattern NOT_FETCHED = Pattern.compile("E(?:rror)?: Failed to fetch \\S*/([^/_\\s]+)_\\S+ .*");

    private AptSetback() {}

    static Setback of(CommandResult result) {
        String said = result.errors() + "\n" + result.output();
        boolean general = result.timedOut()
                || AptFailure.isLocked(result)
                || GENERAL.stream().anyMatch(said::contains);
        boolean unreachable = UNREACHABLE.stream().anyMatch(said::contains);
        return new Setback(general, unreachable, broken(said), suspected(said));
    }

    /** What dpkg says of a package stands in the lines after its name, which it moves in. */
    private static Map<String, String> broken(String said) {
        Map<String, String> broken = new LinkedHashMap<>();
        List<String> lines = said.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher named = matcher(lines.get(i));
            if (named.matches()) {
                broken.putIfAbsent(named.group(1), String.join("\n", reason(lines, i)));
            }
        }
        return broken;
    }

    private static Matcher matcher(String line) {
        Matcher configured = CONFIGURED.matcher(line);
        return configured.matches() ? configured : UNPACKED.matcher(line);
    }

    private static List<String> reason(List<String> lines, int at) {
        List<String> reason = new ArrayList<>(List.of(lines.get(at)));
        for (int i = at + 1; i < lines.size() && lines.get(i).startsWith(" "); i++) {
            reason.add(lines.get(i).strip());
        }
        return reason;
    }

    private static Set<String> suspected(String said) {
        Set<String> names = new LinkedHashSet<>();
        said.lines().forEach(line -> {
            for (Pattern pattern : List.of(UNMET, NOT_FETCHED)) {
                Matcher matcher = pattern.matcher(line);
                if (matcher.matches()) {
                    names.add(matcher.group(1));
                }
            }
        });
        return names;
    }
}
