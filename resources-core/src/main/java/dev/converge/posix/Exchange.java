package dev.converge.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Lets two paths change places in one step, so that nobody ever finds one of them missing; see renameat2(2). */
public final class Exchange {
    private static final int RELATIVE_TO_WORKING_DIRECTORY = -100;
    private static final int EXCHANGE = 2;

    private Exchange() {}

    /** Where the file system or the C library cannot do that, it takes three steps. */
    public static void of(Path one, Path other) throws IOException {
        try {
            CLibrary.renameat2(
                    RELATIVE_TO_WORKING_DIRECTORY,
                    one.toString(),
                    RELATIVE_TO_WORKING_DIRECTORY,
                    other.toString(),
                    EXCHANGE);
        } catch (LastErrorException | LinkageError e) {
            Path between = one.resolveSibling(one.getFileName() + "-old");
            Files.move(other, between, StandardCopyOption.ATOMIC_MOVE);
            Files.move(one, other, StandardCopyOption.ATOMIC_MOVE);
            Files.move(between, one, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Its own class, so that a machine on which JNA cannot load its library still gets the other way. */
    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        private static native int renameat2(int oldFolder, String oldPath, int newFolder, String newPath, int flags)
                throws LastErrorException;
    }
}
