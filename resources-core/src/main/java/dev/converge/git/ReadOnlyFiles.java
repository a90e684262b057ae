package dev.converge.git;

import java.io.File;
import java.io.OutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.eclipse.jgit.util.ProcessResult;

/**
 * Files for looking at a repository of somebody else: its configuration, which can name programs to run and other files
 * to read, is not there; and should a program be asked for all the same, it is not run.
 */
final class ReadOnlyFiles extends FS_POSIX {
    /** Where nothing can ever be. */
    private static final File NOWHERE = new File("/dev/null/" + Constants.CONFIG);

    ReadOnlyFiles() {}

    private ReadOnlyFiles(FS other) {
        super(other);
    }

    @Override
    public FS newInstance() {
        return new ReadOnlyFiles(this);
    }

    @Override
    public File resolve(File folder, String name) {
        return name.equals(Constants.CONFIG) ? NOWHERE : super.resolve(folder, name);
    }

    @Override
    public ProcessBuilder runInShell(String command, String[] arguments) {
        throw new UnsupportedOperationException("no program is run here: " + command);
    }

    @Override
    public ProcessResult runHookIfPresent(
            Repository repository, String hook, String[] arguments, OutputStream out, OutputStream err, String input) {
        return new ProcessResult(ProcessResult.Status.NOT_PRESENT);
    }
}
