package dev.converge.tidy;

import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.List;

/** Counts rubbish, and names the first of it. */
final class Found implements Sweep {
    private static final int NAMED = 20;

    private final List<String> names = new ArrayList<>();
    private long files;
    private long folders;
    private long bytes;

    @Override
    public boolean file(SecureDirectoryStream<Path> folder, Path relative, long size) {
        files++;
        bytes += size;
        name(relative + " (" + new FileSize(size).shown() + ")");
        return true;
    }

    @Override
    public boolean emptyFolder(SecureDirectoryStream<Path> folder, Path relative) {
        folders++;
        name(relative + "/");
        return true;
    }

    private void name(String shown) {
        if (names.size() < NAMED) {
            names.add(shown);
        }
    }

    TidyResource in(TidyResource desired) {
        if (files + folders == 0) {
            return desired;
        }
        String empty = folders == 0 ? "" : files == 0 ? count(folders, "folder") : " and " + count(folders, "folder");
        String sized = files == 0 ? "" : count(files, "file") + " of " + new FileSize(bytes).shown();
        long more = files + folders - names.size();
        String rest = more == 0 ? "" : "… and " + more + " more\n";
        return desired.seen(sized + empty, String.join("\n", names) + "\n" + rest);
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
