package dev.converge.augeas;

import com.sun.jna.Pointer;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * libaugeas for one run: keeps the lenses that were compiled, and the files that were parsed last. It sees text and gives
 * back text; it never reads or writes a file of the host, so no failure of it can harm one.
 *
 * <p>One thread at a time uses it, as libaugeas wants it.
 */
final class Augeas {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int FLAGS = LibAugeas.NO_LOAD | LibAugeas.NO_MODULE_AUTOLOAD | LibAugeas.NO_ERROR_CLOSE;
    private static final int PARSED_FILES = 16;

    /** What a tree was parsed from: it serves again as long as neither differs. */
    private record Parsed(LensName lens, String text) {}

    private final Native library;
    private final Map<Path, Parsed> parsed = new LinkedHashMap<>();

    private Augeas(Native library) {
        this.library = library;
    }

    static Augeas on(Host host) throws IOException, InterruptedException {
        return host.database(Augeas.class, Augeas::open);
    }

    private static Augeas open(Host host) throws IOException {
        LibAugeas calls;
        try {
            calls = LibAugeas.load();
        } catch (LinkageError e) {
            throw MissingLibrary.on(host, e);
        }
        Pointer handle = calls.aug_init("/", null, FLAGS);
        if (handle == null) {
            throw new ResourceFailure("libaugeas did not start: there is not enough memory.");
        }
        Native library = new Native(calls, handle);
        Augeas augeas = new Augeas(library);
        CLEANER.register(augeas, () -> calls.aug_close(handle));
        library.requireNoError("libaugeas did not start");
        return augeas;
    }

    /**
     * Lets the caller look at a file's text as a tree, and edit it.
     *
     * @param file as the host sees it; only its name is used
     * @param text for the lens, see {@link LensText}
     * @throws ResourceFailure when the lens is not there, or cannot parse the text
     */
    synchronized <T> T with(Path file, LensName lens, String text, Function<Tree, T> work) {
        Tree tree = new Tree(library, file, lens, text);
        boolean clean = false;
        try {
            load(tree, file, new Parsed(lens, text));
            T result = work.apply(tree);
            clean = !tree.isChanged();
            return result;
        } finally {
            if (!clean) {
                forget(file);
            }
        }
    }

    private void load(Tree tree, Path file, Parsed wanted) {
        if (!wanted.equals(parsed.get(file))) {
            forget(file);
            tree.parse();
            parsed.put(file, wanted);
        }
        if (parsed.size() > PARSED_FILES) {
            forget(parsed.keySet().iterator().next());
        }
        tree.useAsContext(tree.root());
    }

    private void forget(Path file) {
        parsed.remove(file);
        library.remove(Tree.rootOf(file));
    }
}
