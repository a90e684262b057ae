package dev.converge.aptrepository

import dev.converge.testhost.Shell
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions

/** The keys {@code mine} and {@code other}, which take gpg longer to make than a repository: {@code @Shared @AutoCleanup}. */
final class SigningKeys implements AutoCloseable {
    private static final List<String> NAMES = ['mine', 'other']

    private final Path folder = Files.createTempDirectory('converge-keys', PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString('rwx------')))

    static SigningKeys make() {
        def keys = new SigningKeys()
        NAMES.each { name ->
            keys.gpg('--passphrase', '', '--quick-generate-key', "$name <$name@example.org>", 'ed25519', 'sign', 'never')
            keys.gpg('--armor', '--output', keys.folder.resolve("${name}.asc"), '--export', "$name@example.org")
            keys.gpg('--output', keys.folder.resolve("${name}.gpg"), '--export', "$name@example.org")
        }
        keys
    }

    /** Their public halves, as text and binary: {@code mine.asc}, {@code mine.gpg} and so on. */
    void copyInto(Path target) {
        NAMES.collectMany { ["${it}.asc", "${it}.gpg"] }.each { Files.copy(folder.resolve(it as String), target.resolve(it as String)) }
    }

    void sign(String name, Path text, Path signed) {
        gpg('--local-user', "$name@example.org", '--output', signed, '--clearsign', text)
    }

    private void gpg(Object... words) {
        Shell.must(['gpg', '--homedir', folder, '--batch', '--quiet', *words])
    }

    @Override
    void close() {
        Shell.run(['gpgconf', '--homedir', folder, '--kill', 'all'])
        folder.toFile().deleteDir()
    }
}
