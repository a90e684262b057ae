package dev.converge.cli;

import dev.converge.data.KeyFiles;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.editor.EditedFile;
import dev.converge.host.LocalCommands;
import dev.converge.provider.ResourceFailure;
import dev.converge.vault.DataKey;
import dev.converge.vault.KeyFile;
import dev.converge.vault.Sealing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code converge data}: makes keys, encrypts values, and edits files that hold encrypted ones. */
final class DataCommand implements Main.Command {
    private static final String KEY = "key";
    private static final String ENCRYPT = "encrypt";
    private static final String EDIT = "edit";

    private final Arguments arguments;
    private final Terminal terminal;

    DataCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
    }

    @Override
    public int run() throws IOException, InterruptedException {
        String action = arguments.operands().get(0);
        try {
            return switch (action) {
                case KEY -> key();
                case ENCRYPT -> encrypt();
                case EDIT -> edit();
                default ->
                    throw Failure.usage(
                            "Unknown action",
                            "\"data\" knows no \"" + action + "\".",
                            Suggestions.didYouMean(action, List.of(KEY, ENCRYPT, EDIT))
                                    .orElse("Write: converge data key, encrypt or edit."));
            };
        } catch (ResourceFailure e) {
            Diagnostic told = Diagnostic.error(Code.ENCRYPTED, "Data file", e.getMessage());
            throw new Failure(told.suggest(e.advice()));
        }
    }

    private int key() {
        refuseMore(2, "converge data key [FILE]");
        Path file = arguments
                .operand(1)
                .or(() -> arguments.value(Option.KEY_FILE))
                .map(Path::of)
                .orElse(KeyFile.USUAL);
        required(new KeyFile(file).create());
        terminal.print("Wrote a key to " + file
                + ". Without it nothing that it encrypts can be read: keep a copy in a safe place, and none in Git.\n");
        return 0;
    }

    private int encrypt() throws IOException, InterruptedException {
        if (arguments.operand(1).isEmpty()) {
            DataKey key = required(keyFor(Optional.empty()).read());
            terminal.print(key.encrypt(secret()) + "\n");
            return 0;
        }
        String path = arguments
                .operand(2)
                .orElseThrow(
                        () -> Failure.usage(
                                "Missing argument",
                                "Which value of " + arguments.operands().get(1) + " is to be encrypted is not said.",
                                "Write: converge data encrypt FILE KEY. A value itself is never an argument, which others can see."));
        Path file = Path.of(arguments.operands().get(1));
        EditedFile edited = EditedFile.read(file);
        DataKey key = required(keyFor(Optional.of(file)).read());
        String sealed = required(Sealing.of(file.toString(), edited.text(), path, key));
        if (sealed.equals(edited.text())) {
            terminal.print(path + " is encrypted already.\n");
            return 0;
        }
        edited.replace(sealed);
        terminal.print("Encrypted " + path + " in " + file
                + ". It was plain until now: change it if it was ever committed.\n");
        return 0;
    }

    /** The line break that a terminal or echo(1) adds is no part of it. */
    private String secret() throws IOException, InterruptedException {
        String text = new SecretInput(terminal, new LocalCommands(Workbench.ROOT)).read("Value: ");
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        String secret = line.indexOf('\n') < 0 ? line : text;
        if (secret.isEmpty()) {
            throw Failure.usage(
                    "Missing value",
                    "There is nothing to encrypt on standard input.",
                    "Type it when asked, or hand it over: converge data encrypt < FILE");
        }
        return secret;
    }

    private int edit() throws IOException, InterruptedException {
        refuseMore(2, "converge data edit FILE");
        Path file = Path.of(arguments
                .operand(1)
                .orElseThrow(() -> Failure.usage(
                        "Missing argument", "Which file to edit is not said.", "Write: converge data edit FILE")));
        EditedFile edited = EditedFile.read(file);
        return new DataEdit(terminal, System.getenv())
                .run(file, edited, required(keyFor(Optional.of(file)).read()));
    }

    private KeyFile keyFor(Optional<Path> file) {
        Optional<KeyFile> named = arguments.value(Option.KEY_FILE).map(Path::of).map(KeyFile::new);
        return named.orElseGet(() -> required(file.map(KeyFiles::of).orElseGet(() -> KeyFiles.ofSite(Path.of("")))));
    }

    private void refuseMore(int most, String form) {
        if (arguments.operands().size() > most) {
            throw Failure.usage(
                    "Too many arguments",
                    "\"" + arguments.operands().get(most) + "\" is one too many.",
                    "Write: " + form);
        }
    }

    private static <T> T required(Checked<T> checked) {
        return checked.value().orElseThrow(() -> new Failure(checked.diagnostics()));
    }
}
