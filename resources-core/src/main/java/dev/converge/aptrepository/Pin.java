package dev.converge.aptrepository;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The priority of a repository's packages, by the servers that they come from: apt_preferences(5). */
final class Pin {
    private static final Pattern PRIORITY = Pattern.compile("(?m)^Pin-Priority: (-?\\d+)$");

    private Pin() {}

    static String text(List<String> uris, int priority) {
        return uris.stream()
                .map(Pin::server)
                .distinct()
                .map(server -> "Package: *\nPin: origin \"" + server + "\"\nPin-Priority: " + priority + "\n")
                .collect(Collectors.joining("\n"));
    }

    /** The priority that a file gives, when it gives one and nothing else. */
    static Optional<Integer> in(String text, List<String> uris) {
        Matcher matcher = PRIORITY.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        int priority = Integer.parseInt(matcher.group(1));
        return text.equals(text(uris, priority)) ? Optional.of(priority) : Optional.empty();
    }

    /** Empty for a folder on the host itself. */
    private static String server(String uri) {
        int scheme = uri.indexOf(':');
        boolean wrapped = uri.substring(0, scheme).contains("+");
        String plain = wrapped ? uri.substring(uri.indexOf('+') + 1) : uri;
        return Optional.ofNullable(URI.create(plain).getHost()).orElse("");
    }
}
