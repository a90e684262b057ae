package dev.converge.augeas;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.converge.provider.ResourceFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One handle of libaugeas; an error that it reports becomes a failure with libaugeas's own words. */
final class Handle {
    /** Marks the place of an error in the path expressions that libaugeas gives back. */
    private static final String HERE = "|=|";

    private final LibAugeas calls;
    private final Pointer handle;
    private final Set<String> compiled = new HashSet<>();

    Handle(LibAugeas calls, Pointer handle) {
        this.calls = calls;
        this.handle = handle;
    }

    /** The value of the only node at the path; empty too when it has none. */
    Optional<String> get(String path) {
        PointerByReference value = new PointerByReference();
        int found = calls.aug_get(handle, path, value);
        require(found >= 0, path);
        return found == 1 && value.getValue() != null
                ? Optional.of(value.getValue().getString(0, "UTF-8"))
                : Optional.empty();
    }

    /** The paths of all nodes that match, in their order. */
    List<String> match(String path) {
        PointerByReference array = new PointerByReference();
        int count = calls.aug_match(handle, path, array);
        require(count >= 0, path);
        List<String> paths = new ArrayList<>(count);
        Pointer first = array.getValue();
        for (int i = 0; i < count; i++) {
            Pointer one = first.getPointer((long) i * Native.POINTER_SIZE);
            paths.add(one.getString(0, "UTF-8"));
            free(one);
        }
        free(first);
        return paths;
    }

    private static void free(Pointer memory) {
        if (memory != null) {
            Native.free(Pointer.nativeValue(memory));
        }
    }

    /** @param value none takes away the value that is there */
    void set(String path, Optional<String> value) {
        require(calls.aug_set(handle, path, value.orElse(null)) >= 0, path);
    }

    /** @param sub below each node of the base */
    void setAll(String base, String sub, Optional<String> value) {
        require(calls.aug_setm(handle, base, sub, value.orElse(null)) >= 0, base);
    }

    void insert(String path, String label, boolean before) {
        require(calls.aug_insert(handle, path, label, before ? 1 : 0) >= 0, path);
    }

    /** How many nodes went, those below counted. */
    int remove(String path) {
        int removed = calls.aug_rm(handle, path);
        require(removed >= 0, path);
        return removed;
    }

    void move(String source, String destination) {
        require(calls.aug_mv(handle, source, destination) >= 0, source);
    }

    /** Sees to it that a module is compiled: asking for any lens of it does that, also for one that it has not. */
    void compile(String module, String node) {
        if (compiled.add(module)) {
            calls.aug_text_store(handle, module + ".converge", node, "/converge/none");
        }
    }

    /** Whether the lens could parse the text of a node; else {@code /augeas/text} says why not. */
    boolean store(String lens, String node, String names) {
        int result = calls.aug_text_store(handle, lens, node, names);
        requireNoError(lens);
        return result >= 0;
    }

    /** Whether the lens could write the tree as text; else {@code /augeas/text} says why not. */
    boolean retrieve(String lens, String nodeIn, String path, String nodeOut) {
        int result = calls.aug_text_retrieve(handle, lens, nodeIn, path, nodeOut);
        requireNoError(lens);
        return result >= 0;
    }

    private void require(boolean succeeded, String path) {
        if (!succeeded) {
            requireNoError(path);
            throw new ResourceFailure("libaugeas refuses \"" + path + "\", and does not say why.");
        }
    }

    /** @param about the path or lens that the call was about */
    void requireNoError(String about) {
        int code = calls.aug_error(handle);
        if (code == 0) {
            return;
        }
        String message = calls.aug_error_message(handle);
        Optional<String> minor = Optional.ofNullable(calls.aug_error_minor_message(handle));
        Optional<String> details = Optional.ofNullable(calls.aug_error_details(handle));
        throw new ResourceFailure(
                "\"" + about + "\": " + message + minor.map(more -> ", " + more).orElse("")
                        + details.map(Handle::place).map(more -> ": " + more).orElse("") + ".",
                code == LibAugeas.LENS_NOT_FOUND
                        ? "Lenses are in /usr/share/augeas/lenses; those of the distribution come with the package"
                                + " augeas-lenses or augeas-libs."
                        : "augtool(1) takes the same paths, to try them out.");
    }

    private static String place(String details) {
        return details.replace(HERE, " <-- here ").strip();
    }
}
