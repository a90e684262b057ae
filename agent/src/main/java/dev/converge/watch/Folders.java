package dev.converge.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The folders that are watched: each once, by whatever names one gets there. */
final class Folders {
    private final WatchService service;
    private final int most;
    private final Map<WatchKey, Folder> folders = new HashMap<>();

    /** What was looked up since the last {@link #lookAgain}; what has moved since is told by its folder. */
    private final Map<Path, Folder> known = new HashMap<>();

    Folders(WatchService service, int most) {
        this.service = service;
        this.most = most;
    }

    /** The kernel, or the settings, allow no more folders. */
    static final class TooManyException extends IOException {
        private static final long serialVersionUID = 1;

        TooManyException(String message) {
            super(message);
        }
    }

    /** A folder of this machine, watched from now on. */
    Folder at(Path real) throws IOException {
        Folder before = known.get(real);
        if (before != null) {
            return before;
        }
        WatchKey key = register(real);
        Folder folder = folders.get(key);
        if (folder == null) {
            if (folders.size() >= most) {
                key.cancel();
                throw new TooManyException("no more than " + most + " folders are watched");
            }
            folder = new Folder(key, real);
            folders.put(key, folder);
        }
        known.put(real, folder);
        return folder;
    }

    /** The one way to tell the kernel's limit (ENOSPC) from a folder that is gone is the JDK's message. */
    private WatchKey register(Path real) throws IOException {
        try {
            return real.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("inotify watches")) {
                throw new TooManyException("the kernel watches no more folders for this account");
            }
            throw e;
        }
    }

    Optional<Folder> of(WatchKey key) {
        return Optional.ofNullable(folders.get(key));
    }

    /** The paths may lead elsewhere by now. */
    void lookAgain() {
        known.clear();
    }

    /** A folder that is not there any more. */
    void forget(Folder folder) {
        folders.remove(folder.key());
        known.values().removeIf(folder::equals);
    }

    /** Stops watching what nobody asks for. */
    void release(Folder folder) {
        if (folder.isIdle() && folders.containsKey(folder.key())) {
            folder.key().cancel();
            forget(folder);
        }
    }
}
