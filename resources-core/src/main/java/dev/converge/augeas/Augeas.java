package dev.converge.augeas;

import com.sun.jna.Pointer;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
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
    private static final int EDITED_TEXTS = 8;

    /** What a tree was parsed from: it serves again as long as neither differs. */
    private record Parsed(LensName lens, String text) {}

    /** What a text was made from: observing, checking, showing and applying one change ask for the same one. */
    private record Edited(Path file, LensName lens, String text, Consumer<Tree> edit) {}

    private final Handle library;
    private final Map<Path, Parsed> parsed = new LinkedHashMap<>();
    private final Map<Edited, String> edited = new LinkedHashMap<>();

    private Augeas(Handle library) {
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
        Handle library = new Handle(calls, handle);
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
        boolean done = false;
        try {
            load(tree, file, new Parsed(lens, text));
            T result = work.apply(tree);
            done = true;
            return result;
        } finally {
            if (!done) {
                forgetAll();
            } else if (tree.isChanged()) {
                forget(file);
            }
        }
    }

    /** After a failure nothing is known to be as it was parsed: a path may have led into another file's tree. */
    private void forgetAll() {
        parsed.clear();
        library.remove("/files/*");
    }

    /**
     * The text that an edit makes of a file's text.
     *
     * @param edit a value: where an equal one was made on an equal text, that result serves again
     * @throws ResourceFailure when the lens is not there, or cannot parse the text, or cannot write what it becomes
     */
    synchronized String edited(Path file, LensName lens, String text, Consumer<Tree> edit) {
        Edited wanted = new Edited(file, lens, text, edit);
        String known = edited.get(wanted);
        if (known != null) {
            return known;
        }
        String made = with(file, lens, text, tree -> {
            edit.accept(tree);
            return tree.text();
        });
        edited.put(wanted, made);
        if (edited.size() > EDITED_TEXTS) {
            edited.remove(edited.keySet().iterator().next());
        }
        return made;
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
