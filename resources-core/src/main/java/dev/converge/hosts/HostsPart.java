package dev.converge.hosts;

import dev.converge.filesystem.TextFile;
import dev.converge.textedit.FilePart;
import dev.converge.textedit.Lines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One entry of the file: its own line, and the lines that contradict it. */
record HostsPart(HostsEntryResource desired) implements FilePart<HostsEntryResource> {
    @Override
    public Path file() {
        return desired.file();
    }

    @Override
    public boolean mayCreate() {
        return true;
    }

    @Override
    public boolean isSensitive() {
        return false;
    }

    static List<HostsLine> entries(Lines lines) {
        List<HostsLine> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            HostsLine.of(i, lines.get(i)).ifPresent(entries::add);
        }
        return entries;
    }

    @Override
    public Optional<HostsEntryResource> in(String text) {
        return in(entries(Lines.of(text)));
    }

    @Override
    public Optional<HostsEntryResource> in(TextFile file) {
        List<HostsLine> entries = file.parsed(HostsLine.class, text -> entries(Lines.of(text)));
        return in(entries);
    }

    private Optional<HostsEntryResource> in(List<HostsLine> entries) {
        Optional<HostsLine> own = own(entries);
        if (own.isPresent()) {
            return Optional.of(desired.seen(own.get(), shown(contradicting(entries))));
        }
        // Without an address the resource shall be absent, and any line with the name is too many.
        return entries.stream()
                .filter(line -> desired.ip().isEmpty() && line.names(desired.name()))
                .findFirst()
                .map(line -> desired.seen(line, "none"));
    }

    private static String shown(List<HostsLine> lines) {
        return lines.isEmpty()
                ? "none"
                : lines.stream().map(line -> line.ip() + " " + line.names()).collect(Collectors.joining(", "));
    }

    /** The entry's line: one that has the address already, or else the first that starts with the name. */
    private Optional<HostsLine> own(List<HostsLine> entries) {
        List<HostsLine> named = entries.stream()
                .filter(line -> desired.name().isSame(line.canonicalName()) && isOfFamily(line))
                .toList();
        return named.stream()
                .filter(line -> Optional.of(line.ip()).equals(desired.ip()))
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    private boolean isOfFamily(HostsLine line) {
        return desired.ip().map(ip -> ip.isOfSameFamily(line.ip())).orElse(true);
    }

    /** Lines that give one of the entry's names another address of its family. */
    private List<HostsLine> contradicting(List<HostsLine> entries) {
        Optional<HostsLine> own = own(entries);
        return entries.stream()
                .filter(line -> !own.equals(Optional.of(line)))
                .filter(line -> desired.ip().isPresent() && isOfFamily(line))
                .filter(line -> !line.ip().equals(desired.ip().get()))
                .filter(line -> names().stream().anyMatch(line::names))
                .toList();
    }

    private List<HostsName> names() {
        List<HostsName> names = new ArrayList<>(List.of(desired.name()));
        desired.aliases().ifPresent(names::addAll);
        return names;
    }

    @Override
    public String with(String text) {
        Lines lines = Lines.of(text);
        List<HostsLine> entries = entries(lines);
        Optional<HostsLine> own = own(entries);
        if (own.isPresent()) {
            lines = lines.replace(own.get().number(), dressed(own.get()).toString());
        } else {
            HostsLine line = HostsLine.written(
                    desired.ip().orElseThrow(), List.of(desired.name().toString()));
            lines = lines.insert(lines.size(), List.of(dressed(line).toString()));
        }
        return without(names(), contradicting(entries), lines);
    }

    private HostsLine dressed(HostsLine line) {
        HostsLine dressed = line.withIp(desired.ip().orElse(line.ip()))
                .withComment(desired.comment().orElse(line.comment()));
        Optional<List<HostsName>> aliases = desired.aliases();
        if (aliases.isEmpty() || aliases.equals(desired.seen(line, "none").aliases())) {
            return dressed;
        }
        List<String> names = new ArrayList<>(List.of(line.canonicalName()));
        aliases.get().forEach(alias -> names.add(alias.toString()));
        return dressed.withNames(names);
    }

    private static String without(List<HostsName> names, List<HostsLine> from, Lines all) {
        Lines lines = all;
        for (int i = from.size() - 1; i >= 0; i--) {
            lines = put(from.get(i).number(), from.get(i).without(names), lines);
        }
        return lines.toString();
    }

    private static Lines put(int number, Optional<HostsLine> line, Lines lines) {
        return line.isPresent() ? lines.replace(number, line.get().toString()) : lines.remove(number, number + 1);
    }

    @Override
    public String without(String text) {
        Lines lines = Lines.of(text);
        List<HostsLine> entries = entries(lines);
        for (int i = entries.size() - 1; i >= 0; i--) {
            HostsLine line = entries.get(i);
            if (!isOfFamily(line) || !line.names(desired.name())) {
                continue;
            }
            Optional<HostsLine> left = desired.name().isSame(line.canonicalName())
                    ? Optional.empty()
                    : line.without(List.of(desired.name()));
            lines = put(line.number(), left, lines);
        }
        return lines.toString();
    }
}
