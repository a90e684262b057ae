package dev.converge.ini;

import dev.converge.textedit.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The sections and settings of a file, by the numbers of their lines. */
final class IniText {
    private static final String DEFAULT_SEPARATOR = " = ";

    /**
     * A section from its header to the next one.
     *
     * @param name empty for what stands before the first header
     * @param header the header's line; -1 when it has none
     * @param end the line after its last
     */
    private record Section(String name, int header, int end) {
        int from() {
            return header + 1;
        }

        boolean holds(int line) {
            return line > header && line < end;
        }
    }

    private final Lines lines;
    private final IniDialect dialect;
    private final List<Section> sections = new ArrayList<>();
    private final List<Optional<Setting>> settings;
    private final Map<String, List<Integer>> linesOfKeys = new HashMap<>();

    IniText(String text, IniDialect dialect) {
        this.lines = Lines.of(text);
        this.dialect = dialect;
        String name = "";
        int header = -1;
        for (int i = 0; i < lines.size(); i++) {
            Optional<String> next = dialect.section(lines.get(i));
            if (next.isPresent()) {
                sections.add(new Section(name, header, i));
                name = next.get();
                header = i;
            }
        }
        sections.add(new Section(name, header, lines.size()));
        settings = dialect.settings(lines.texts());
        for (int i = 0; i < settings.size(); i++) {
            int line = i;
            settings.get(i).ifPresent(setting -> linesOfKeys
                    .computeIfAbsent(dialect.plain(setting.key()), ignored -> new ArrayList<>(1))
                    .add(line));
        }
    }

    /** The lines that give a key its value, in every section of that name. */
    List<Integer> find(String section, String key) {
        List<Section> homes = named(section);
        return linesOfKeys.getOrDefault(dialect.plain(key), List.of()).stream()
                .filter(line -> homes.stream().anyMatch(home -> home.holds(line)))
                .toList();
    }

    private List<Section> named(String name) {
        return sections.stream()
                .filter(section -> section.header() < 0 ? name.isEmpty() : dialect.isSame(section.name(), name))
                .toList();
    }

    private Optional<Setting> setting(int line) {
        return settings.get(line);
    }

    String value(int line) {
        return setting(line).orElseThrow().value();
    }

    String withValue(int line, String value) {
        return lines.replace(line, setting(line).orElseThrow().with(value)).toString();
    }

    /** With a new setting: where the file shows an example of it, after the last of its section, or in a new section. */
    String withSetting(String section, String key, String value) {
        List<Section> found = named(section);
        if (found.isEmpty()) {
            List<String> added = new ArrayList<>();
            if (lines.size() > 0 && !lines.get(lines.size() - 1).isBlank()) {
                added.add("");
            }
            added.add("[" + section + "]");
            added.add(newLine(Optional.empty(), key, value));
            return lines.insert(lines.size(), added).toString();
        }
        Section home = found.get(0);
        String line = newLine(Optional.of(home), key, value);
        int place = placeIn(home, key);
        boolean crowds = home.header() < 0
                && place < lines.size()
                && lastSetting(home).isEmpty()
                && !lines.get(place).isBlank();
        return lines.insert(place, crowds ? List.of(line, "") : List.of(line)).toString();
    }

    private int placeIn(Section section, String key) {
        for (int i = section.from(); i < section.end(); i++) {
            if (dialect.isExample(lines.get(i), key)) {
                return i + 1;
            }
        }
        Optional<Integer> last = lastSetting(section);
        if (last.isPresent()) {
            return afterContinuation(last.get() + 1, section.end());
        }
        return section.header() < 0 ? beforeFirstHeader(section) : section.from();
    }

    private Optional<Integer> lastSetting(Section section) {
        for (int i = section.end() - 1; i >= section.from(); i--) {
            if (setting(i).isPresent()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Some dialects continue a value on lines that are indented. */
    private int afterContinuation(int from, int end) {
        int next = from;
        while (next < end && isContinuation(lines.get(next))) {
            next++;
        }
        return next;
    }

    private boolean isContinuation(String line) {
        return !line.isBlank() && Character.isWhitespace(line.charAt(0)) && !dialect.isComment(line);
    }

    /** A comment right above a header is about that section. */
    private int beforeFirstHeader(Section top) {
        int place = top.end();
        while (place < lines.size() && place > 0 && dialect.isComment(lines.get(place - 1))) {
            place--;
        }
        return place;
    }

    /** Written as its neighbours are. */
    private String newLine(Optional<Section> home, String key, String value) {
        Optional<Setting> model = home.flatMap(this::model).or(this::anyModel);
        String separator =
                dialect.separator().or(() -> model.map(Setting::separator)).orElse(DEFAULT_SEPARATOR);
        String indent = model.map(Setting::indent).orElse("");
        return new Setting(indent, key, separator, "", "").with(value);
    }

    private Optional<Setting> model(Section section) {
        for (int i = section.end() - 1; i >= section.from(); i--) {
            Optional<Setting> setting = setting(i);
            if (setting.isPresent() && !setting.get().value().isEmpty()) {
                return setting;
            }
        }
        return Optional.empty();
    }

    private Optional<Setting> anyModel() {
        return sections.stream().flatMap(section -> model(section).stream()).findFirst();
    }

    /** Without some lines; a section of which nothing is left goes too. */
    String without(String section, List<Integer> found) {
        Lines left = lines;
        List<Section> homes = named(section);
        for (int s = homes.size() - 1; s >= 0; s--) {
            Section home = homes.get(s);
            List<Integer> here = found.stream().filter(home::holds).toList();
            if (!here.isEmpty() && isLeftEmpty(home, here)) {
                boolean last = home.end() == lines.size();
                boolean spaced = last
                        && home.header() > 0
                        && lines.get(home.header() - 1).isBlank();
                left = left.remove(spaced ? home.header() - 1 : home.header(), home.end());
                continue;
            }
            for (int i = here.size() - 1; i >= 0; i--) {
                left = left.remove(here.get(i), here.get(i) + 1);
            }
        }
        return left.toString();
    }

    private boolean isLeftEmpty(Section section, List<Integer> removed) {
        return section.header() >= 0
                && IntStream.range(section.from(), section.end())
                        .allMatch(i -> removed.contains(i) || lines.get(i).isBlank());
    }
}
