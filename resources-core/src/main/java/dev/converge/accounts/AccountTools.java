package dev.converge.accounts;

import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The programs by which a host changes its accounts; which ones there are depends on the distribution. */
interface AccountTools {
    void createUser(Change<UserResource> change) throws IOException, InterruptedException;

    void updateUser(Change<UserResource> change) throws IOException, InterruptedException;

    void removeUser(Change<UserResource> change) throws IOException, InterruptedException;

    void createGroup(Change<GroupResource> change) throws IOException, InterruptedException;

    void updateGroup(Change<GroupResource> change) throws IOException, InterruptedException;

    void removeGroup(Change<GroupResource> change) throws IOException, InterruptedException;

    /** Those that the host has. */
    static AccountTools of(Host host) {
        if (Files.isExecutable(host.path(Path.of("/usr/sbin/useradd")))) {
            return new ShadowUtils(host);
        }
        throw new ResourceFailure(
                "This host has no useradd, and Converge knows no other program to change accounts with.",
                "Install the package \"passwd\" (Debian) or \"shadow-utils\".");
    }
}
