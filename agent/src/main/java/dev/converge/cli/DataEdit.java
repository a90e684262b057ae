package dev.converge.cli;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.editor.EditedFile;
import dev.converge.editor.Editor;
import dev.converge.editor.MemoryFolder;
import dev.converge.provider.ResourceFailure;
import dev.converge.vault.DataKey;
import dev.converge.vault.OpenDocument;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code converge data edit}: in the open for the editor, encrypted for the disk. */
final class DataEdit {
    private static final int REFUSED = 1;

    private final Terminal terminal;
    private final Map<String, String> environment;

    DataEdit(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    int run(Path file, EditedFile edited, DataKey key) throws IOException, InterruptedException {
        Checked<OpenDocument> opened = OpenDocument.of(file.toString(), edited.text(), key);
        OpenDocument document = opened.value().orElseThrow(() -> new Failure(opened.diagnostics()));
        Optional<String> sealed;
        try (MemoryFolder memory = MemoryFolder.create(environment)) {
            sealed = edit(document, memory.path().resolve(file.getFileName()));
        }
        if (sealed.isEmpty() || sealed.get().equals(edited.text())) {
            terminal.complain(file + " is as it was.\n");
            return sealed.isEmpty() ? REFUSED : 0;
        }
        edited.replace(sealed.get());
        terminal.print("Wrote " + file + ".\n");
        return 0;
    }

    /** What belongs on the disk; nothing when the author gives up. */
    private Optional<String> edit(OpenDocument document, Path plain) throws IOException, InterruptedException {
        write(plain, document.text());
        while (true) {
            Editor.of(environment).edit(plain);
            Checked<String> sealed = document.seal(read(plain));
            if (sealed.isOk() || !again(sealed.diagnostics())) {
                return sealed.value();
            }
        }
    }

    private static void write(Path plain, String text) throws IOException {
        try (SeekableByteChannel out = Files.newByteChannel(
                plain,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            out.write(StandardCharsets.UTF_8.encode(text));
        }
    }

    private static String read(Path plain) throws IOException {
        try {
            return Files.readString(plain);
        } catch (NoSuchFileException e) {
            throw new ResourceFailure("The editor has removed the file, so nothing was written.", "Edit again.");
        } catch (CharacterCodingException e) {
            throw new ResourceFailure(
                    "The editor has left what is not UTF-8, so nothing was written.", "Let it write UTF-8.");
        }
    }

    /** The lines are not shown: there are secrets in them. */
    private boolean again(List<Diagnostic> wrong) throws IOException {
        DiagnosticPrinter printer = new DiagnosticPrinter(
                file -> Optional.empty(), terminal.errStyle().color());
        terminal.complain(printer.print(wrong));
        terminal.complain("Edit again? [Y/n] ");
        Optional<String> answer = terminal.line();
        return answer.isPresent()
                && !answer.get().strip().toLowerCase(Locale.ROOT).startsWith("n");
    }
}
