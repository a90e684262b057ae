package dev.converge.state;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Puts aside what is in the state directory and not as Converge has written it, so that a run can go on without it. It
 * is never deleted: it may be all that is left of something.
 */
public final class Damage {
    static final String MARK = ".damaged-";

    private static final String SUMMARY = "Damaged state";
    private static final String ADVICE =
            "Look for what is still of use in it, then delete it. Did the disk fail, or run full?";

    private Damage() {}

    /**
     * Gives a file or folder another name, {@code NAME.damaged-TIME}, and says so.
     *
     * @param why a clause, such as {@code is no JSON}
     * @return a warning that names both; when it cannot be renamed, one that says that it stays
     */
    public static Diagnostic setAside(Path damaged, String why) {
        try {
            Path aside = free(damaged);
            Files.move(damaged, aside, StandardCopyOption.ATOMIC_MOVE);
            return warning(damaged + " " + why + ". It was set aside as " + aside.getFileName() + ".");
        } catch (IOException e) {
            return warning(
                    damaged + " " + why + ", and stays there: " + IoReason.of(e).sentence());
        }
    }

    /** A warning about something that was found damaged and dealt with in another way. */
    static Diagnostic warning(String detail) {
        return Diagnostic.warning(Code.STATE, SUMMARY, detail).suggest(ADVICE);
    }

    /** A name for it that is not taken. */
    static Path free(Path damaged) {
        String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", "");
        String name = damaged.getFileName() + MARK + time;
        Path aside = damaged.resolveSibling(name);
        for (int i = 2; StateDirectory.exists(aside); i++) {
            aside = damaged.resolveSibling(name + "-" + i);
        }
        return aside;
    }
}
