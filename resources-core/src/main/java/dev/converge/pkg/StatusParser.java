package dev.converge.pkg;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Picks a few fields out of dpkg's status file, which has megabytes of others and is read in every run: see deb822(5). */
final class StatusParser {
    private static final byte[] PACKAGE = field("Package");
    private static final byte[] STATUS = field("Status");
    private static final byte[] ARCHITECTURE = field("Architecture");
    private static final byte[] VERSION = field("Version");
    private static final byte[] ESSENTIAL = "Essential: yes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROTECTED = "Protected: yes".getBytes(StandardCharsets.US_ASCII);
    private static final String USUAL = "install ok installed";

    private final byte[] text;
    private String name = "";
    private String status = "";
    private String architecture = "";
    private String version = "";
    private boolean vital;

    StatusParser(byte[] text) {
        this.text = text;
    }

    private static byte[] field(String name) {
        return (name + ": ").getBytes(StandardCharsets.US_ASCII);
    }

    void forEach(Consumer<DpkgEntry> each) {
        int start = 0;
        while (start < text.length) {
            int end = start;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            if (end == start) {
                finish(each);
            } else {
                line(start, end);
            }
            start = end + 1;
        }
        finish(each);
    }

    private void line(int start, int end) {
        switch (text[start]) {
            case 'P' -> {
                if (starts(PACKAGE, start, end)) {
                    name = DpkgDatabase.ascii(text, start + PACKAGE.length, end);
                }
                vital |= starts(PROTECTED, start, end);
            }
            case 'S' -> status = value(STATUS, start, end, status);
            case 'A' -> architecture = value(ARCHITECTURE, start, end, architecture);
            case 'V' -> version = value(VERSION, start, end, version);
            case 'E' -> vital |= starts(ESSENTIAL, start, end);
            default -> {
                // Another field, or the rest of one.
            }
        }
    }

    private String value(byte[] field, int start, int end, String old) {
        return starts(field, start, end) ? DpkgDatabase.ascii(text, start + field.length, end) : old;
    }

    private boolean starts(byte[] field, int start, int end) {
        if (end - start < field.length) {
            return false;
        }
        for (int i = 1; i < field.length; i++) {
            if (text[start + i] != field[i]) {
                return false;
            }
        }
        return true;
    }

    private void finish(Consumer<DpkgEntry> each) {
        if (!name.isEmpty()) {
            each.accept(entry());
        }
        name = "";
        status = "";
        architecture = "";
        version = "";
        vital = false;
    }

    private DpkgEntry entry() {
        if (status.equals(USUAL)) {
            return new DpkgEntry(name, architecture, version, "install", "installed", vital);
        }
        int space = status.indexOf(' ');
        int last = status.lastIndexOf(' ');
        String want = space < 0 ? status : status.substring(0, space);
        return new DpkgEntry(name, architecture, version, want, status.substring(last + 1), vital);
    }
}
