package dev.converge.vault;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.List;

/** Encrypts values of a data file that stand there in plain, and leaves everything else as it is written. */
public final class Sealing {
    private Sealing() {}

    /**
     * Encrypts what is under a key: a text, or every text of a map or a list.
     *
     * @param file its name, for messages
     * @param source what is in it
     * @param path keys with dots between them
     */
    public static Checked<String> of(String file, String source, String path, DataKey key) {
        Checked<List<Scalar>> scalars = Scalars.of(file, source);
        if (!scalars.isOk()) {
            return Checked.failed(scalars.diagnostics());
        }
        List<Scalar> all = scalars.value().orElseThrow();
        List<Scalar> named = all.stream()
                .filter(scalar -> (scalar.path() + ".").startsWith(path + "."))
                .toList();
        if (named.isEmpty()) {
            return Checked.failed(unknown(file, path, all));
        }
        List<Diagnostic> wrong = new ArrayList<>();
        Splice sealed = new Splice(source);
        for (Scalar scalar : named) {
            switch (scalar.kind()) {
                case TEXT, SECRET -> sealed.replace(scalar, written(key.encrypt(scalar.value()), scalar));
                case OTHER -> wrong.add(noText(scalar));
                case ENCRYPTED -> {}
            }
        }
        return Checked.unlessErrors(sealed.text(), wrong);
    }

    /** Between brackets, and in JSON, a word with brackets in it needs quotes. */
    static String written(EncryptedValue value, Scalar place) {
        return place.inFlow() ? "\"" + value + "\"" : value.toString();
    }

    private static Diagnostic unknown(String file, String path, List<Scalar> all) {
        Diagnostic told =
                Diagnostic.error(Code.UNKNOWN_NAME, "Unknown key", file + " has no value under " + path + ".");
        return Suggestions.nearest(path, all.stream().map(Scalar::path).toList())
                .map(near -> told.suggest("Did you mean \"" + near + "\"?"))
                .orElseGet(() -> told.suggest("Add it with: converge data edit " + file));
    }

    private static Diagnostic noText(Scalar scalar) {
        return Diagnostic.error(
                        Code.ENCRYPTED,
                        "Encrypted value",
                        scalar.path() + " is a number, a truth value or nothing; what is encrypted is text.")
                .at(scalar.at())
                .suggest("Write it in quotes if it is meant as text.");
    }
}
