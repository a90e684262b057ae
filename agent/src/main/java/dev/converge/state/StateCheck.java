package dev.converge.state;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Severity;
import dev.converge.process.ThisProcess;
import dev.converge.report.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a state directory can be trusted and understood, before anything in it is used. */
public final class StateCheck {
    /** The form of all that is kept now. Another number means that an older Converge would misread or harm it. */
    static final int FORMAT = 1;

    private static final int NONE = 0;
    private static final int WRITABLE_BY_ALL = 0002;
    private static final int LONGEST_NUMBER = 9;

    private StateCheck() {}

    /**
     * Why the state must not be used: it is of a newer Converge, or open to others. Changes nothing.
     *
     * @return errors; none for a directory that does not exist
     */
    public static List<Diagnostic> errors(StateDirectory state) {
        List<Diagnostic> errors = new ArrayList<>();
        try {
            String open = openness(state.path());
            if (!open.isEmpty()) {
                errors.add(openToOthers(state.path(), open));
            }
            errors.addAll(unreadable(state));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            errors.add(unreadable(e));
        }
        return errors;
    }

    /** Why the state cannot even be read: it is of a newer Converge. */
    public static List<Diagnostic> unreadable(StateDirectory state) {
        try {
            int format = format(state);
            return format > FORMAT ? List.of(newer(state, format)) : List.of();
        } catch (IOException e) {
            return List.of(unreadable(e));
        }
    }

    private static Diagnostic unreadable(IOException failure) {
        IoReason reason = IoReason.of(failure);
        return Diagnostic.error(Code.STATE, "Cannot read state", reason.sentence())
                .suggest(reason.advice());
    }

    /** The same for a run that only reads here, which need not stop for it. */
    public static List<Diagnostic> warnings(StateDirectory state) {
        return errors(state).stream()
                .map(error -> new Diagnostic(
                        Severity.WARNING,
                        error.code(),
                        error.summary(),
                        error.detail(),
                        error.at(),
                        error.suggestion(),
                        error.related()))
                .toList();
    }

    /** Who may write here may have us overwrite any file, by a link, and restore what they like; empty for nobody. */
    private static String openness(Path folder) throws IOException {
        Map<String, Object> found = Files.readAttributes(folder, "unix:mode,uid");
        int uid = (Integer) found.get("uid");
        if (((Integer) found.get("mode") & WRITABLE_BY_ALL) != 0) {
            return "can be written by everybody";
        }
        return uid == ThisProcess.uid() ? "" : "belongs to another account, number " + uid;
    }

    private static Diagnostic openToOthers(Path folder, String why) {
        return Diagnostic.error(Code.STATE, "State open to others", folder + " " + why + ".")
                .suggest("Name a folder of your own with --state-dir; or, if all in it is Converge's: chown -R "
                        + ThisProcess.uid() + " " + folder + " && chmod 700 " + folder);
    }

    private static Diagnostic newer(StateDirectory state, int found) {
        return Diagnostic.error(
                        Code.STATE,
                        "State of a newer Converge",
                        state.path() + " is in format " + found + ", and this Converge knows formats up to " + FORMAT
                                + ".")
                .suggest("Run the Converge that wrote it, or a later one; or name another folder with --state-dir.");
    }

    /** {@value #NONE} when there is no number, or none that can be read. */
    private static int format(StateDirectory state) throws IOException {
        if (!Files.isRegularFile(state.version())) {
            return NONE;
        }
        String text =
                Files.readString(state.version(), StandardCharsets.ISO_8859_1).strip();
        try {
            return text.length() <= LONGEST_NUMBER ? Integer.parseUnsignedInt(text) : NONE;
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    /**
     * Makes the state fit for a live run that holds its lock: writes the number of its form where there is none, sets
     * aside what is in the place of a file or folder of ours and is none, and removes what a killed run was writing.
     *
     * @return warnings
     */
    static List<Diagnostic> repair(StateDirectory state) {
        List<Diagnostic> warnings = new ArrayList<>();
        for (Path folder : state.folders()) {
            if (StateDirectory.exists(folder) && !Files.isDirectory(folder)) {
                warnings.add(Damage.setAside(folder, "is no folder"));
            }
            DurableFile.removeDraft(folder);
        }
        for (Path file : state.files()) {
            if (Files.isDirectory(file)) {
                warnings.add(Damage.setAside(file, "is a folder"));
            }
        }
        number(state, warnings);
        return warnings;
    }

    private static void number(StateDirectory state, List<Diagnostic> warnings) {
        try {
            if (format(state) != NONE) {
                return;
            }
            if (StateDirectory.exists(state.version())) {
                warnings.add(Damage.setAside(state.version(), "holds no number"));
            }
            DurableFile.replace(state.version(), out -> out.write((FORMAT + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            IoReason reason = IoReason.of(e);
            warnings.add(Diagnostic.warning(
                            Code.STATE,
                            "Cannot keep state",
                            reason.sentence() + " Until it can be kept, nothing is replaced or removed.")
                    .suggest(reason.advice()));
        }
    }
}
