package dev.converge.data;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A folder of data files.
 *
 * @param path where it is
 * @param shown as diagnostics name it: relative to the site where it is in it
 */
record DataFolder(Path path, String shown) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    String shown(String file) {
        return shown + "/" + file;
    }

    /** Whether a path stays in the folder, whatever facts have made of it. */
    boolean holds(String file) {
        return path.resolve(file).normalize().startsWith(path);
    }

    /** The text of a file; empty when there is none. */
    Optional<String> text(String file, SiteBounds bounds) {
        try {
            requireSmallFile(file);
            requireInside(file, bounds);
            String text = Files.readString(path.resolve(file), StandardCharsets.UTF_8);
            return Optional.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw failure(file, shown(file) + " is not valid UTF-8 text.", "Save it as UTF-8.");
        } catch (IOException e) {
            String why = shown(file) + " cannot be read: " + e.getMessage();
            throw failure(file, why, "Let the account that runs Converge read it, or take it out of the hierarchy.");
        }
    }

    /** A pipe would be waited for, and a device such as /dev/zero never ends. */
    private void requireSmallFile(String file) throws IOException {
        BasicFileAttributes is = Files.readAttributes(path.resolve(file), BasicFileAttributes.class);
        if (!is.isRegularFile()) {
            throw failure(
                    file,
                    shown(file) + (is.isDirectory() ? " is a folder." : " is no regular file."),
                    "Put a file of YAML or JSON in its place, or take it out of the hierarchy.");
        }
        if (is.size() > DataDocument.LARGEST) {
            throw failure(file, shown(file) + " is larger than 16 MiB.", "Keep data apart from what is in files/.");
        }
    }

    private void requireInside(String file, SiteBounds bounds) throws IOException {
        if (!bounds.hold(path.resolve(file))) {
            throw failure(
                    file,
                    shown(file) + " is reached by a link that leads out of the site.",
                    "Put the file itself in the place of the link.");
        }
    }

    private DataFailure failure(String file, String why, String advice) {
        return new DataFailure(Diagnostic.error(Code.DATA, "Broken data", why)
                .at(SourceRange.point(shown(file), 1, 1))
                .suggest(advice));
    }
}
