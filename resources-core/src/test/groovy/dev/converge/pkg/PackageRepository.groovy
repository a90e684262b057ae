package dev.converge.pkg

import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.Text
import dev.converge.provider.Backups
import dev.converge.provider.Command
import dev.converge.provider.Commands
import dev.converge.provider.Host
import dev.converge.testhost.DebianRoot
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest
import java.time.Instant

/**
 * A package repository in a folder, and a Debian whose apt knows no other: no network. Its packages are called
 * {@code converge-test-*}.
 */
final class PackageRepository {
    /** The package that most tests are about. */
    static final String NAME = 'converge-test-a'

    private static final Instant START = Instant.now().minusSeconds(3600)

    final Path folder
    private final DebianRoot debian
    private final Path repository
    private final Path configuration
    private final List<String> stanzas = []
    private int changes
    /** The command lines that hosts of this repository have run. */
    final List<String> ran = Collections.synchronizedList([])

    /** @param folder a temporary one */
    PackageRepository(Path folder, DebianRoot debian) {
        this.folder = folder
        this.debian = debian
        repository = Files.createDirectories(folder.resolve('repository'))
        configuration = folder.resolve('apt.conf')
        ['state/lists/partial', 'cache/archives/partial', 'sources'].each { Files.createDirectories(folder.resolve(it)) }
        Files.writeString(folder.resolve('sources/test.list'), "deb [trusted=yes] file:$repository ./\n")
        Files.writeString(configuration, """\
            Dir::Etc::SourceList "/dev/null";
            Dir::Etc::SourceParts "$folder/sources";
            Dir::State::Lists "$folder/state/lists";
            Dir::State::extended_states "$folder/state/extended_states";
            Dir::Cache "$folder/cache";
            APT::Sandbox::User "root";
            """.stripIndent())
        index()
    }

    /** The Debian, looked at afresh. */
    Host host() {
        def local = new LocalCommands(debian.root)
        def withOwnApt = { Command command ->
            ran << command.toString()
            local.run(command.environment(command.environment() + [APT_CONFIG: Text.of(configuration as String)]))
        } as Commands
        new LocalHost(debian.root, withOwnApt, {} as Backups)
    }

    /** Builds a package; in the repository it is found after {@link #index} and an update. */
    Path add(Map fields = [:], String name, String version) {
        def tree = Files.createTempDirectory(folder, 'tree')
        Files.createDirectories(tree.resolve('DEBIAN'))
        def control = [Package: name, Version: version, Architecture: 'all', Maintainer: 'Converge <test@example.org>']
        control += fields.findAll { (it.key as String)[0] == (it.key as String)[0].toUpperCase() }
        control += [Description: 'a package of a test']
        def stanza = control.collect { "$it.key: $it.value\n" }.join()
        Files.writeString(tree.resolve('DEBIAN/control'), stanza)
        fields.files.each { path, text ->
            Files.createDirectories(tree.resolve(path).parent)
            Files.writeString(tree.resolve(path), text as String)
        }
        if (fields.conffile) {
            Files.writeString(tree.resolve('DEBIAN/conffiles'), "/$fields.conffile\n")
        }
        if (fields.postinst) {
            def script = Files.writeString(tree.resolve('DEBIAN/postinst'), "#!/bin/sh\n$fields.postinst\n")
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString('rwxr-xr-x'))
        }
        def file = repository.resolve("${name}_${version.replace(':', '%3a')}.deb")
        run('dpkg-deb', '-Znone', '--root-owner-group', '-b', tree as String, file as String)
        def digest = MessageDigest.getInstance('SHA-256').digest(Files.readAllBytes(file)).encodeHex()
        stanzas << "${stanza}Filename: ./${file.fileName}\nSize: ${Files.size(file)}\nSHA256: $digest\n".toString()
        file
    }

    /** Writes the repository's index. */
    void index() {
        Files.writeString(repository.resolve('Packages'), stanzas.join('\n'))
        // apt takes an index again only when it is newer by a whole second.
        changes++
        Files.setLastModifiedTime(repository.resolve('Packages'), FileTime.from(START.plusSeconds(changes)))
    }

    /** Writes the index, and lets apt read it. */
    void publish() {
        index()
        run('apt-get', '-q', 'update')
    }

    void clean() {
        def left = run('dpkg-query', '-W', '-f', '${Package}\n', 'converge-test-*').readLines().findAll { it.startsWith('converge-test-') }
        if (left) {
            run('dpkg', '--purge', '--force-all', *left)
        }
    }

    /** What dpkg says of a package: {@code install ok installed 1.0}; empty for a package that it does not know. */
    String status(String name) {
        def status = run('dpkg-query', '-W', '-f', '${Status} ${Version}', name)
        status.startsWith('dpkg-query') ? '' : status.replace(' not-installed ', '')
    }

    String run(String... command) {
        def builder = new ProcessBuilder('chroot', debian.root as String, *command).redirectErrorStream(true)
        builder.environment().putAll([APT_CONFIG: configuration as String, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8'])
        def process = builder.start()
        process.outputStream.close()
        def output = process.inputStream.getText('UTF-8')
        process.waitFor()
        output
    }
}
