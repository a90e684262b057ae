package dev.converge.tidy;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;

/** Is told what is rubbish, the content of a folder before the folder. */
interface Sweep {
    /**
     * @param folder what holds it, open
     * @param relative its path below what is tidied
     * @return whether it is gone, or would be
     */
    boolean file(SecureDirectoryStream<Path> folder, Path relative, long size) throws IOException;

    /** As {@link #file}, for a folder in which nothing is left. */
    boolean emptyFolder(SecureDirectoryStream<Path> folder, Path relative) throws IOException;
}
