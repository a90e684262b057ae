package dev.converge.data;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Secret;
import dev.converge.vault.DataKey;
import dev.converge.vault.EncryptedValue;
import dev.converge.vault.KeyFile;

/** Opens values with the key in a file, which is read when the first encrypted value is asked for, and no sooner. */
final class KeyFileDecipher implements Decipher {
    private final KeyFile file;
    private Checked<DataKey> key;

    KeyFileDecipher(KeyFile file) {
        this.file = file;
    }

    KeyFile file() {
        return file;
    }

    @Override
    public Secret open(String text, SourceRange at) {
        EncryptedValue value = required(EncryptedValue.parse(text), at);
        return Secret.of(required(required(key(), at).decrypt(value), at));
    }

    private synchronized Checked<DataKey> key() {
        if (key == null) {
            key = file.read();
        }
        return key;
    }

    private static <T> T required(Checked<T> checked, SourceRange at) {
        return checked.value()
                .orElseThrow(() -> new DataFailure(checked.diagnostics().get(0).at(at)));
    }
}
