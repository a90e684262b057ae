package dev.converge.augeas;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Map;

/** The calls of libaugeas that are needed to turn text into a tree and back in memory; see augeas.h. */
interface LibAugeas extends Library {
    /** The name that has stood for this interface since version 0.1; later versions only add to it. */
    String SONAME = "libaugeas.so.0";

    /** Reads no file of the host by itself: neither when it starts nor when a lens is compiled. */
    int NO_LOAD = 1 << 5;

    /** Compiles the lenses that are asked for, not all two hundred. */
    int NO_MODULE_AUTOLOAD = 1 << 6;

    /** Returns a handle that tells what is wrong, instead of none. */
    int NO_ERROR_CLOSE = 1 << 8;

    /** Code of {@link #aug_error}: there is no such lens. */
    int LENS_NOT_FOUND = 7;

    /** @throws UnsatisfiedLinkError when this machine has no libaugeas; the next call looks again */
    static LibAugeas load() {
        return Native.load(SONAME, LibAugeas.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
    }

    Pointer aug_init(String root, String loadPath, int flags);

    void aug_close(Pointer handle);

    /** 1: one node, whose value may be NULL; 0: none; below 0: several, or a bad path. */
    int aug_get(Pointer handle, String path, PointerByReference value);

    int aug_set(Pointer handle, String path, String value);

    int aug_setm(Pointer handle, String base, String sub, String value);

    int aug_insert(Pointer handle, String path, String label, int before);

    int aug_rm(Pointer handle, String path);

    int aug_mv(Pointer handle, String source, String destination);

    /** How many nodes match; their paths are the caller's to free, each and all together. */
    int aug_match(Pointer handle, String path, PointerByReference matches);

    /** @param path plain names between slashes, where every other call takes a path expression */
    int aug_text_store(Pointer handle, String lens, String node, String path);

    int aug_text_retrieve(Pointer handle, String lens, String nodeIn, String path, String nodeOut);

    int aug_error(Pointer handle);

    String aug_error_message(Pointer handle);

    String aug_error_minor_message(Pointer handle);

    String aug_error_details(Pointer handle);
}
