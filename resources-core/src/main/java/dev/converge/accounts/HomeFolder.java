package dev.converge.accounts;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The home folder of a user who exists, as the user database records it. */
final class HomeFolder {
    private final UserEntry user;
    private final Path folder;
    private final Host host;

    private HomeFolder(UserEntry user, Path folder, Host host) {
        this.user = user;
        this.folder = folder;
        this.host = host;
    }

    static HomeFolder of(AccountName name, Host host) throws IOException, InterruptedException {
        UserEntry user = Accounts.of(host).user(name.text()).orElseThrow();
        return new HomeFolder(user, Path.of(user.home().startsWith("/") ? user.home() : "/"), host);
    }

    boolean exists() {
        return folder.getNameCount() > 0 && Files.isDirectory(host.path(folder), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the folder is the user's own: owned by the user, and neither used nor passed through by others. */
    boolean isRemovable() throws IOException, InterruptedException {
        if (!exists() || !owner().equals(user.uid())) {
            return false;
        }
        return Accounts.of(host).users().stream()
                .filter(other ->
                        !other.name().equals(user.name()) && other.home().startsWith("/"))
                .noneMatch(other -> Path.of(other.home()).startsWith(folder));
    }

    private Object owner() throws IOException {
        return Files.getAttribute(host.path(folder), "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Copies the folder, and the mailbox that is removed with it, to the backups. */
    void keep() throws IOException {
        host.backups().keep(folder);
        host.backups().keep(Path.of("/var/mail", user.name()));
    }
}
