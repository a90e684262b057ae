package dev.converge.testhost

import java.nio.file.Path

/**
 * A Debian in a root folder, which nothing boots: dpkg and apt do there what they do on a machine, and nobody else's
 * wait for them. {@code @Shared @AutoCleanup DebianRoot debian = DebianRoot.make()} in a class that says
 * {@code @Requires({ TestHost.possible })}.
 */
final class DebianRoot implements AutoCloseable {
    private static final Path ALL = TestHost.FOLDER.resolve('roots')

    private final HostFolder place

    private DebianRoot(HostFolder place) {
        this.place = place
    }

    static DebianRoot make() {
        HostFolder.sweep(ALL)
        def debian = new DebianRoot(HostFolder.create(ALL, BaseSystem.in(TestHost.FOLDER)))
        // Folders of tests are there under their own names; what others mount or unmount below stays apart.
        def temporary = System.getProperty('java.io.tmpdir')
        Shell.must(['mkdir', '-p', "$debian.root$temporary"])
        Shell.must(['mount', '--bind', '--make-private', temporary, "$debian.root$temporary"])
        debian
    }

    /** Its {@code /} as the machine sees it. */
    Path getRoot() {
        place.root()
    }

    /** A path of it as the machine sees it. */
    Path path(Object absolute) {
        root.resolve((absolute as String).substring(1))
    }

    @Override
    void close() {
        place.remove()
    }
}
