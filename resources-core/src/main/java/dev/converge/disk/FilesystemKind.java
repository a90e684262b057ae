package dev.converge.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The file systems that can be made, each by its own mkfs(8). */
public enum FilesystemKind {
    EXT2("-L", "-q"),
    EXT3("-L", "-q"),
    EXT4("-L", "-q"),
    XFS("-L", "-q"),
    BTRFS("-L", "-q"),
    VFAT("-n");

    private final String labelOption;
    private final List<String> options;

    FilesystemKind(String labelOption, String... options) {
        this.labelOption = labelOption;
        this.options = List.of(options);
    }

    /** As blkid(8) and mkfs(8) call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> command(String device, Optional<String> label) {
        List<String> words = new ArrayList<>(List.of("mkfs." + word()));
        words.addAll(options);
        label.ifPresent(text -> words.addAll(List.of(labelOption, text)));
        words.add(device);
        return words;
    }
}
