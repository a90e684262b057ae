package dev.converge.data;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Secret;
import dev.converge.vault.FileReach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file with a token in it, on one line.
 *
 * @param path where it is on the machine that compiles
 */
record TokenFile(Path path) {
    private static final int LARGEST = 4096;

    /** No other file becomes a header of a request by mistake, or on purpose. */
    private static final Pattern TOKEN = Pattern.compile("[\\w.~+/=-]{1,512}");

    Secret read(SourceRange at) {
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > LARGEST) {
                throw failure(at, "There is no file " + path + " with a token.", "Write the token into it, mode 0600.");
            }
            if (FileReach.of(path) == FileReach.EVERYBODY) {
                throw failure(at, "Every account can reach the token in " + path + ".", "Run: chmod 0600 " + path);
            }
            String token = Files.readString(path).strip();
            if (!TOKEN.matcher(token).matches()) {
                throw failure(at, path + " holds no token.", "Write the token into it, and nothing else.");
            }
            return Secret.of(token);
        } catch (IOException e) {
            throw failure(at, path + " cannot be read.", "Run as root, or join the group that it is of.");
        }
    }

    private static DataFailure failure(SourceRange at, String detail, String advice) {
        return DataFailure.at(at, "Token", detail, advice);
    }
}
