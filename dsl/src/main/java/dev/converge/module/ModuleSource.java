package dev.converge.module;

import java.nio.file.Path;
import java.util.Optional;

/** Where a site gets a module from. */
public sealed interface ModuleSource {
    /** It came with Converge. */
    record Shipped() implements ModuleSource {
        @Override
        public String toString() {
            return "ships with Converge";
        }
    }

    /** A folder of this machine, used as it is; in {@code modules/} of the site, or named in its list. */
    record Folder(Path path) implements ModuleSource {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A Git repository with a {@code module.yaml} at its top.
     *
     * @param version which of its tags will do, such as {@code v1.2.0}; not given with {@code ref}
     * @param ref a branch, tag or commit
     * @param login how its server is reached from this machine: no part of what was chosen, so none of the lock's
     */
    record Git(String address, Optional<VersionRange> version, Optional<String> ref, Login login)
            implements ModuleSource {
        /** What of it was asked for. */
        public String pick() {
            return version.map(VersionRange::toString).or(() -> ref).orElse("*");
        }

        @Override
        public String toString() {
            return address + " " + pick();
        }
    }

    /**
     * Who the machine that installs a module is to the module's repository, as files of that machine.
     *
     * @param sshKey a private key without a passphrase
     * @param knownHosts the keys of SSH servers
     * @param username for a server that asks for one by HTTP
     * @param passwordFile has the password or token for it
     * @param caFile certificates in PEM of who may vouch for an HTTPS server
     */
    record Login(
            Optional<Path> sshKey,
            Optional<Path> knownHosts,
            Optional<String> username,
            Optional<Path> passwordFile,
            Optional<Path> caFile) {}
}
