package dev.converge.process;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What a machine permits the sites that are compiled on it: the lines of a file that nobody but its owner may write. */
public final class Permissions {
    private static final int WRITABLE_BY_OTHERS = 0022;

    private Permissions() {}

    /**
     * The lines of a list; none when there is no such file.
     *
     * @param code what kind of problem it is when they do not count
     */
    public static Checked<List<String>> in(Path list, Code code) {
        try {
            int mode = (Integer) Files.getAttribute(list, "unix:mode");
            if ((mode & WRITABLE_BY_OTHERS) != 0 && Files.isRegularFile(list)) {
                return Checked.failed(refused(
                                code,
                                "Others than its owner may write " + list + ", so what it permits does not count.")
                        .suggest("Run: chmod go-w " + list));
            }
            return Checked.of(
                    Files.readAllLines(list).stream().map(String::strip).toList());
        } catch (NoSuchFileException e) {
            return Checked.of(List.of());
        } catch (IOException e) {
            return Checked.failed(refused(code, list + " cannot be read: " + e.getMessage() + ".")
                    .suggest("Let it be readable."));
        }
    }

    private static Diagnostic refused(Code code, String detail) {
        return Diagnostic.error(code, "Not permitted", detail);
    }
}
