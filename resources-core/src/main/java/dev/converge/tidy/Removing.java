package dev.converge.tidy;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;

/** Removes rubbish; what cannot be removed does not keep the rest. */
final class Removing implements Sweep {
    private final TidyResource desired;
    private final Host host;
    private long failures;
    private String first = "";

    Removing(TidyResource desired, Host host) {
        this.desired = desired;
        this.host = host;
    }

    @Override
    public boolean file(SecureDirectoryStream<Path> folder, Path relative, long size) throws IOException {
        if (desired.backup()) {
            host.backups().keep(desired.path().resolve(relative));
        }
        try {
            folder.deleteFile(relative.getFileName());
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return failed(relative, e);
        }
    }

    @Override
    public boolean emptyFolder(SecureDirectoryStream<Path> folder, Path relative) throws IOException {
        if (desired.backup()) {
            host.backups().keep(desired.path().resolve(relative));
        }
        try {
            folder.deleteDirectory(relative.getFileName());
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            return failed(relative, e);
        }
    }

    private boolean failed(Path relative, IOException why) {
        if (failures++ == 0) {
            first = relative + " (" + why.getMessage() + ")";
        }
        return false;
    }

    /** @throws ResourceFailure when something could not be removed */
    void requireAll() {
        if (failures > 0) {
            throw new ResourceFailure(
                    "Below " + desired.path() + ", " + failures + " could not be removed, the first of them " + first
                            + ".",
                    "Look with 'lsattr' and 'mount' for what keeps it.");
        }
    }
}
