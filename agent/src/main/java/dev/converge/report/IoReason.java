package dev.converge.report;

import dev.converge.process.ThisProcess;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Optional;

/**
 * What the operating system refused, in words.
 *
 * @param sentence what is wrong, with the path where there is one
 * @param advice what to do about it
 */
public record IoReason(String sentence, Optional<String> advice) {

    public static IoReason of(IOException failure) {
        if (failure instanceof FileSystemException refused) {
            return refusal(refused, Optional.ofNullable(refused.getFile()).orElse("a file"));
        }
        if (failure instanceof CharacterCodingException) {
            return new IoReason("A text is not valid UTF-8.", Optional.empty());
        }
        if (failure instanceof FileNotFoundException) {
            return new IoReason("Cannot open " + failure.getMessage() + ".", Optional.empty());
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return new IoReason(
                    "Reading or writing failed: " + failure.getClass().getSimpleName() + ".", Optional.empty());
        }
        return byReason(message, "").orElseGet(() -> new IoReason(sentence(message), Optional.empty()));
    }

    /** The same for a file that {@code agent.yaml} names, and that no manifest declares. */
    public static IoReason ofNamed(IOException failure) {
        IoReason reason = of(failure);
        return failure instanceof NoSuchFileException
                ? new IoReason(reason.sentence(), Optional.of("Put it there, or name another one in agent.yaml."))
                : reason;
    }

    private static IoReason refusal(FileSystemException refused, String path) {
        if (refused instanceof NoSuchFileException) {
            return new IoReason(
                    "There is no file or folder " + path + ".",
                    Optional.of("Declare what should make it, and let this come after it."));
        }
        if (refused instanceof AccessDeniedException) {
            return new IoReason("Permission denied: " + path + ".", Optional.of(denied()));
        }
        if (refused instanceof FileAlreadyExistsException) {
            return new IoReason(path + " exists already.", Optional.empty());
        }
        if (refused instanceof DirectoryNotEmptyException) {
            return new IoReason("The folder " + path + " is not empty.", Optional.empty());
        }
        if (refused instanceof NotDirectoryException) {
            return new IoReason(path + " is not a folder.", Optional.empty());
        }
        if (refused instanceof NotLinkException) {
            return new IoReason(path + " is not a symbolic link.", Optional.empty());
        }
        String reason = Optional.ofNullable(refused.getReason()).orElse("refused");
        return byReason(reason, path).orElseGet(() -> new IoReason(path + ": " + sentence(reason), Optional.empty()));
    }

    private static String denied() {
        return ThisProcess.isRoot()
                ? "Even root may not: look for a read-only mount, a container's limits or a security module."
                : "Run as root?";
    }

    /** The texts are strerror(3)'s, as the JDK passes them on. */
    private static Optional<IoReason> byReason(String reason, String path) {
        String colon = path.isEmpty() ? "" : ": " + path;
        if (reason.contains("No space left on device")) {
            return reason(
                    "No space is left on the device" + colon + ".", "Free some space (df -h, df -i), then run again.");
        }
        if (reason.contains("Disk quota exceeded")) {
            return reason("The disk quota is used up" + colon + ".", "Free some space or raise the quota.");
        }
        if (reason.contains("Read-only file system")) {
            return reason(
                    "The file system is mounted read-only" + colon + ".",
                    "Mount it read-write, or leave this path out.");
        }
        if (reason.contains("Operation not permitted")) {
            return reason(
                    "The operation is not permitted" + colon + ".",
                    "Look for an immutable file (lsattr), or run as root.");
        }
        if (reason.contains("Too many open files")) {
            return reason("Too many files are open.", "Raise the limit (ulimit -n) or use fewer --jobs.");
        }
        if (reason.contains("Too many levels of symbolic links")) {
            return reason("Symbolic links lead in a circle" + colon + ".", "Look at them with namei -l.");
        }
        if (reason.contains("Text file busy")) {
            return reason("The program is running" + colon + ".", "Stop it first.");
        }
        return Optional.empty();
    }

    private static Optional<IoReason> reason(String sentence, String advice) {
        return Optional.of(new IoReason(sentence, Optional.of(advice)));
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
