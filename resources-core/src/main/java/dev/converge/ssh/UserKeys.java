package dev.converge.ssh;

import dev.converge.accounts.AccountName;
import dev.converge.accounts.Accounts;
import dev.converge.filesystem.TextEncoding;
import dev.converge.filesystem.TrustedLink;
import dev.converge.posix.OpenFolder;
import dev.converge.posix.OpenFolder.Contents;
import dev.converge.posix.OpenFolder.Owned;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.WatchPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code authorized_keys} of one user. Root works here in folders that the user can change at any moment, so each is
 * opened once, without following links, and used by its handle alone.
 */
final class UserKeys implements AutoCloseable {
    /** One edit at a time: two keys of one user never lose each other. */
    static final Object TURN = new Object();

    private static final String FOLDER = ".ssh";
    private static final String FILE = "authorized_keys";
    private static final int FOLDER_MODE = 0700;
    private static final int FILE_MODE = 0600;

    /** Thousands of keys. */
    private static final int MOST_BYTES = 1 << 20;

    /** What sshd wants nobody else to do ({@code StrictModes}). */
    private static final int WRITABLE_BY_OTHERS = 022;

    private final int uid;
    private final Path path;
    private final OpenFolder home;
    private final Optional<OpenFolder> folder;

    private UserKeys(int uid, Path path, OpenFolder home, Optional<OpenFolder> folder) {
        this.uid = uid;
        this.path = path;
        this.home = home;
        this.folder = folder;
    }

    /** Empty when there is no such user yet, or no home. */
    static Optional<UserKeys> open(AccountName user, Host host) throws IOException, InterruptedException {
        Accounts accounts = Accounts.of(host);
        OptionalInt uid = accounts.uid(user.text());
        Optional<Path> home = home(user, host);
        if (uid.isEmpty() || home.isEmpty() || !Files.isDirectory(host.path(home.get()))) {
            return Optional.empty();
        }
        TrustedLink.requireOnWay(home.get(), host);
        OpenFolder opened = OpenFolder.of(host.path(home.get()).toRealPath());
        try {
            requireOwn(uid.getAsInt(), opened.owned(), home.get());
            Optional<OpenFolder> ssh = opened.folder(FOLDER);
            if (ssh.isPresent()) {
                requireOwn(uid.getAsInt(), ssh.get().owned(), home.get().resolve(FOLDER));
            }
            Path path = home.get().resolve(FOLDER).resolve(FILE);
            return Optional.of(new UserKeys(uid.getAsInt(), path, opened, ssh));
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** What moves when the keys of a user do: the file, and the account that says where it is. */
    static List<WatchPoint> watched(AccountName user, Host host) throws IOException, InterruptedException {
        List<WatchPoint> points = new ArrayList<>();
        points.add(WatchPoint.Entry.of(Path.of("/etc/passwd")));
        home(user, host)
                .ifPresent(home ->
                        points.add(WatchPoint.Entry.of(home.resolve(FOLDER).resolve(FILE))));
        return points;
    }

    private static Optional<Path> home(AccountName user, Host host) throws IOException, InterruptedException {
        return Accounts.of(host)
                .home(user.text())
                .filter(home -> home.startsWith("/") && home.length() > 1)
                .map(Path::of);
    }

    /** @throws ResourceFailure when there is no such user, or no home to put keys in */
    static void require(AccountName user, Host host) throws IOException, InterruptedException {
        if (Accounts.of(host).home(user.text()).isEmpty()) {
            throw new ResourceFailure(
                    "There is no user \"" + user + "\" in /etc/passwd of this host.", "Declare user '" + user + "'.");
        }
        Optional<Path> home = home(user, host);
        if (home.isEmpty() || !Files.isDirectory(host.path(home.get()))) {
            throw new ResourceFailure(
                    "The user \"" + user + "\" has no home folder to keep keys in.",
                    "Declare user '" + user + "' with manageHome true, or its folder as a directory.");
        }
    }

    private static void requireOwn(int uid, Owned owned, Path path) {
        if (owned.uid() != uid && owned.uid() != 0) {
            throw new ResourceFailure(
                    path + " belongs to user number " + owned.uid() + ", so sshd would not take keys from it.",
                    "Give it to its user.");
        }
    }

    /** The file, as the host sees it. */
    Path path() {
        return path;
    }

    /** Empty when there is no file. */
    Optional<String> text() throws IOException {
        return contents().map(file -> encoding(file.bytes()).decode(file.bytes()));
    }

    private TextEncoding encoding(byte[] bytes) {
        return TextEncoding.of(bytes, path);
    }

    private Optional<Contents> contents() throws IOException {
        Optional<Contents> contents =
                folder.isEmpty() ? Optional.empty() : folder.get().read(FILE, MOST_BYTES);
        contents.ifPresent(file -> requireOwn(uid, file.owned(), path));
        return contents;
    }

    /** Keeps what {@link #write} replaces, and that its folder is new where there is none. */
    void keep(Host host) throws IOException {
        if (folder.isEmpty()) {
            host.backups().keep(path.getParent());
        }
        host.backups().keep(path);
    }

    /** Owner and group stay as they are; of a new file they are the user's. */
    void write(String text) throws IOException {
        Optional<Contents> before = contents();
        Optional<Owned> old = before.map(Contents::owned);
        int gid = home.owned().gid();
        Owned owned = old.map(now -> new Owned(now.uid(), now.gid(), now.mode() & ~WRITABLE_BY_OTHERS))
                .orElse(new Owned(uid, gid, FILE_MODE));
        byte[] bytes = encoding(before.map(Contents::bytes).orElse(new byte[0])).encode(text, path);
        if (folder.isPresent()) {
            folder.get().replace(FILE, bytes, owned);
            return;
        }
        try (OpenFolder made = home.make(FOLDER, new Owned(uid, gid, FOLDER_MODE))) {
            made.replace(FILE, bytes, owned);
        }
    }

    @Override
    public void close() {
        folder.ifPresent(OpenFolder::close);
        home.close();
    }
}
