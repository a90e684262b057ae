package dev.converge.aptrepository

import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.Text
import dev.converge.provider.Backups
import dev.converge.provider.Command
import dev.converge.provider.Commands
import dev.converge.provider.Host
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import java.time.ZoneOffset
import java.time.ZonedDateTime
import java.time.format.DateTimeFormatter

/**
 * A signed repository in a folder, and this machine with an apt that keeps its lists elsewhere and knows no other
 * sources than those whose name begins with {@code converge-test}.
 */
final class SignedRepository {
    private static final Path ROOT = Path.of('/')
    private static final List<String> PLACES = ['sources.list.d', 'keyrings', 'preferences.d']

    private static final File SOURCES = new File('/etc/apt/sources.list.d')

    final Path folder
    final Path repository
    private final long sourcesChanged = SOURCES.lastModified()
    private final Path configuration
    private final SigningKeys keys
    final List<String> ran = Collections.synchronizedList([])

    /** @param folder a temporary one, which gets the public keys too */
    SignedRepository(Path folder, SigningKeys keys) {
        this.folder = folder
        this.keys = keys
        repository = Files.createDirectories(folder.resolve('repository'))
        configuration = folder.resolve('apt.conf')
        ['state/lists/partial', 'cache/archives/partial'].each { Files.createDirectories(folder.resolve(it)) }
        Files.writeString(configuration, """\
            Dir::Etc::SourceList "/etc/apt/sources.list.d/converge-test.sources";
            Dir::Etc::SourceParts "-";
            Dir::State::Lists "$folder/state/lists";
            Dir::State::extended_states "$folder/state/extended_states";
            Dir::Cache "$folder/cache";
            APT::Sandbox::User "root";
            """.stripIndent())
        keys.copyInto(folder)
        publish('mine')
    }

    static boolean isUsable() {
        System.getProperty('user.name') == 'root' && ['/usr/bin/apt-get', '/usr/bin/gpg', '/usr/bin/gpgv'].every { new File(it).canExecute() }
    }

    /** Writes a repository without parts, with one package. */
    void publish(String signer) {
        def tree = Files.createDirectories(folder.resolve('tree/DEBIAN')).parent
        def stanza = 'Package: converge-test-signed\nVersion: 1.0\nArchitecture: all\nMaintainer: Converge <test@example.org>\nDescription: a package of a test\n'
        Files.writeString(tree.resolve('DEBIAN/control'), stanza)
        def file = repository.resolve('converge-test-signed_1.0.deb')
        run('dpkg-deb', '-Znone', '--root-owner-group', '-b', tree, file)
        def packages = "${stanza}Filename: ./${file.fileName}\nSize: ${Files.size(file)}\nSHA256: ${sha256(file)}\n"
        def index = Files.writeString(repository.resolve('Packages'), packages as String)
        def date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))
        def release = folder.resolve('Release')
        Files.writeString(release, "Origin: Converge\nDate: ${date.replace('GMT', 'UTC')}\nSHA256:\n ${sha256(index)} ${Files.size(index)} Packages\n" as String)
        Files.deleteIfExists(repository.resolve('InRelease'))
        keys.sign(signer, release, repository.resolve('InRelease'))
    }

    static String sha256(Path file) {
        MessageDigest.getInstance('SHA-256').digest(Files.readAllBytes(file)).encodeHex()
    }

    String key(String name) {
        Files.readString(folder.resolve("${name}.asc"))
    }

    /** This machine, looked at afresh. */
    Host host() {
        def local = new LocalCommands(ROOT)
        def withOwnApt = { Command command ->
            ran << command.toString()
            local.run(command.environment(command.environment() + [APT_CONFIG: Text.of(configuration as String)]))
        } as Commands
        new LocalHost(ROOT, withOwnApt, {} as Backups)
    }

    /** Files that tests have left, by their paths below {@code /etc/apt}. */
    static List<String> left() {
        PLACES.collectMany { place -> (new File("/etc/apt/$place").list() ?: []).findAll { it.startsWith('converge-test') }.collect { "$place/$it" as String } }.sort()
    }

    void clean() {
        left().each { new File("/etc/apt/$it").delete() }
        // What apt knows of this machine's own sources is not out of date: other tests look at that.
        SOURCES.setLastModified(sourcesChanged)
        run('dpkg', '--purge', '--force-all', 'converge-test-signed')
    }

    String run(Object... command) {
        def builder = new ProcessBuilder(command*.toString()).redirectErrorStream(true)
        builder.environment().putAll([APT_CONFIG: configuration as String, LC_ALL: 'C.UTF-8'])
        def process = builder.start()
        process.outputStream.close()
        def output = process.inputStream.getText('UTF-8')
        process.waitFor()
        output
    }
}
