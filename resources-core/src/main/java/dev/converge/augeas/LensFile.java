package dev.converge.augeas;

import dev.converge.filesystem.TextFile;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A file that is looked at and edited through a lens.
 *
 * @param path as the host sees it
 * @param lens what its syntax is
 * @param augeas turns its text into a tree and back
 */
record LensFile(Path path, LensName lens, Augeas augeas) {
    static LensFile of(Path path, LensName lens, Host host) throws IOException, InterruptedException {
        return new LensFile(path, lens, Augeas.on(host));
    }

    /** What the tree of a text says. */
    <T> T look(String text, Function<Tree, T> question) {
        return augeas.with(path, lens, LensText.of(text).text(), question);
    }

    /**
     * The text that an edit of its tree makes of a text; the text itself where the edit changes nothing.
     *
     * @param edit a value: equal ones do the same
     */
    String edited(String text, Consumer<Tree> edit) {
        LensText lines = LensText.of(text);
        String edited = augeas.edited(path, lens, lines.text(), edit);
        return edited.equals(lines.text()) ? text : lines.restore(edited);
    }

    /** Fails where the file cannot be written, or is missing and may not be made. */
    static void requireWritable(TextFile file, Path path, boolean create, Host host) throws IOException {
        if (!file.exists() && !create) {
            throw new ResourceFailure(
                    "The file " + path + " does not exist.",
                    "Declare what brings it, such as its package, to come first; or add create true.");
        }
        file.requireWritable(host);
    }
}
