package dev.converge.aptrepository;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of a {@code .sources} file: one stanza of fields, in the form of deb822(5). */
record SourcesText(List<String> lines) {
    static final String TYPES = "Types";
    static final String URIS = "URIs";
    static final String SUITES = "Suites";
    static final String COMPONENTS = "Components";
    static final String ARCHITECTURES = "Architectures";
    static final String ENABLED = "Enabled";
    static final String TRUSTED = "Trusted";
    static final String SIGNED_BY = "Signed-By";

    private static final Pattern LOGIN = Pattern.compile("://[^/\\s]*@");

    static SourcesText parse(String text) {
        return new SourcesText(text.lines().toList());
    }

    /** Whether there is more than one repository in it, so that it is not that of one resource. */
    boolean isSeveral() {
        boolean begun = false;
        boolean ended = false;
        for (String line : lines) {
            boolean blank = line.isBlank();
            if (!blank && ended && !line.startsWith("#")) {
                return true;
            }
            ended |= blank && begun;
            begun |= !blank && !line.startsWith("#");
        }
        return false;
    }

    /** A field's value, its lines joined by spaces. */
    Optional<String> value(String field) {
        int from = indexOf(field);
        if (from < 0) {
            return Optional.empty();
        }
        StringBuilder value =
                new StringBuilder(lines.get(from).substring(field.length() + 1).strip());
        for (String more : lines.subList(from + 1, endOf(from))) {
            value.append(more.startsWith("#") ? "" : " " + more.strip());
        }
        return Optional.of(value.toString().strip());
    }

    List<String> words(String field) {
        String value = value(field).orElse("");
        return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
    }

    /** The same with other values of some fields; an empty value takes the field away. All other lines stay. */
    String with(Map<String, String> fields) {
        List<String> edited = new ArrayList<>(lines);
        fields.forEach((field, value) -> {
            SourcesText now = new SourcesText(edited);
            int from = now.indexOf(field);
            if (from >= 0 && !value.equals(now.value(field).orElse(""))) {
                edited.subList(from, now.endOf(from)).clear();
            }
            if (!value.isEmpty() && (from < 0 || !value.equals(now.value(field).orElse("")))) {
                edited.add(from < 0 ? new SourcesText(edited).end() : from, field + ": " + value);
            }
        });
        return String.join("\n", edited) + "\n";
    }

    /** Whether a text has an address with a user's name, and likely a password, in it. */
    static boolean hasLogin(String text) {
        return LOGIN.matcher(text).find();
    }

    /** Those that are addresses without a login: in a file that a person wrote there may be anything. */
    List<String> uris() {
        return words(URIS).stream()
                .filter(AptRepositoryResource::isAddress)
                .filter(uri -> !hasLogin(uri))
                .toList();
    }

    /** None where they do not fit the components. */
    List<String> suites() {
        List<String> suites = words(SUITES);
        boolean parts = !words(COMPONENTS).isEmpty();
        return suites.stream().allMatch(suite -> suite.endsWith("/") != parts) ? suites : List.of();
    }

    boolean isEnabled() {
        return !value(ENABLED).orElse("yes").equalsIgnoreCase("no");
    }

    boolean isTrusted() {
        return value(TRUSTED).orElse("no").equalsIgnoreCase("yes");
    }

    private int indexOf(String field) {
        String start = field.toLowerCase(Locale.ROOT) + ":";
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).toLowerCase(Locale.ROOT).startsWith(start)) {
                return i;
            }
        }
        return -1;
    }

    /** After the lines that continue a field. */
    private int endOf(int from) {
        int end = from + 1;
        while (end < lines.size()
                && (lines.get(end).startsWith(" ") || lines.get(end).startsWith("\t"))) {
            end++;
        }
        return end;
    }

    private int end() {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        return end;
    }
}
