package dev.converge.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The owner, group and mode that something shall get; what is empty stays as it is.
 *
 * @param mode the low twelve bits of {@code st_mode}
 */
public record Ownership(OptionalInt uid, OptionalInt gid, OptionalInt mode) {
    private static final int SET_ID_BITS = 06000;

    /** Sets what differs, the mode last, for chown(2) takes the set-id bits away. Links are not followed. */
    public void applyTo(Path real) throws IOException {
        Stat now = Stat.of(real).orElseThrow(() -> new NoSuchFileException(real.toString()));
        boolean chowned = false;
        if (uid.isPresent() && uid.getAsInt() != now.uid()) {
            Files.setAttribute(real, "unix:uid", uid.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            chowned = true;
        }
        if (gid.isPresent() && gid.getAsInt() != now.gid()) {
            Files.setAttribute(real, "unix:gid", gid.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            chowned = true;
        }
        if (now.isLink()) {
            return;
        }
        int wanted = mode.orElse(now.mode());
        if (wanted != now.mode() || (chowned && (wanted & SET_ID_BITS) != 0)) {
            Files.setAttribute(real, "unix:mode", wanted);
        }
    }

    /** Sets what differs of a folder and of all below it. */
    public void applyToAll(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                applyTo(each);
            }
        }
    }
}
