package dev.converge.pkg

import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.Text
import dev.converge.provider.Backups
import dev.converge.provider.Command
import dev.converge.provider.Commands
import dev.converge.provider.Host
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions

/**
 * A repository of rpm packages in a folder, and a host in another one that knows no other: this machine's own rpm and
 * dnf work on that root, without a network.
 */
final class RpmRepository {
    private static final Path MACHINE = Path.of('/')

    final Path folder
    final Path root
    private final Path repository
    private final Path kept
    private boolean locking
    /** The command lines that hosts of this repository have run. */
    final List<String> ran = Collections.synchronizedList([])

    /** @param place an empty folder, which others may use, too */
    RpmRepository(Path place) {
        folder = place.resolve('now')
        kept = place.resolve('kept')
        repository = Files.createDirectories(folder.resolve('repository'))
        root = Files.createDirectories(folder.resolve('root'))
        ['usr/bin', 'etc/yum.repos.d', 'etc/dnf/protected.d', 'var/lib/dnf'].each { Files.createDirectories(root.resolve(it)) }
        executable('usr/bin/dnf')
        Files.writeString(root.resolve('etc/dnf/dnf.conf'), '[main]\ngpgcheck=0\n')
        Files.writeString(root.resolve('etc/yum.repos.d/test.repo'), "[test]\nname=test\nbaseurl=file://$repository\n")
        run('rpm', '--initdb')
    }

    static boolean isUsable() {
        System.getProperty('user.name') == 'root' &&
            ['rpm', 'rpmbuild', 'dnf', 'createrepo_c'].every { new File("/usr/bin/$it").canExecute() }
    }

    /** Keeps all as it is for {@link #reset}: packages that are built once serve many tests. */
    void keep() {
        shell('cp', '-a', folder as String, kept as String)
    }

    /** Makes all as it was when it was kept. */
    void reset() {
        shell('rm', '-rf', folder as String)
        shell('cp', '-a', kept as String, folder as String)
        locking = false
        ran.clear()
    }

    void executable(String path) {
        def file = Files.writeString(root.resolve(path), '')
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    /** The folder as a host, looked at afresh. */
    Host host() {
        def local = new LocalCommands(MACHINE)
        def inRoot = { Command command ->
            ran << command.toString()
            def words = words(command.argv()*.reveal().collect { it ==~ '/.*\\.rpm' ? "$root$it" as String : it })
            local.run(new Command(words.collect { Text.of(it) }, command.environment(), command.directory(), command.user(),
                command.input(), command.timeout()))
        } as Commands
        new LocalHost(root, inRoot, {} as Backups)
    }

    private List<String> words(List<String> argv) {
        switch (argv[0]) {
            case 'rpm':
                return ['rpm', '--root', root as String] + argv.drop(1)
            case 'dnf':
                return ['dnf', "--installroot=$root", '--releasever=9', plugins()] + argv.drop(1)
            default:
                return argv
        }
    }

    /** dnf looks for its plugins' configuration outside of the root. */
    private String plugins() {
        locking ? "--setopt=pluginconfpath=$root/etc/dnf/plugins" : '--noplugins'
    }

    static boolean isLockable() {
        new File('/usr/lib/python3/dist-packages/dnf-plugins/versionlock.py').exists()
    }

    /** Gives the host dnf's plugin that keeps packages at their versions. */
    void lockable() {
        def folder = Files.createDirectories(root.resolve('etc/dnf/plugins'))
        Files.writeString(folder.resolve('versionlock.conf'), "[main]\nenabled = 1\nlocklist = $folder/versionlock.list\n")
        Files.writeString(folder.resolve('versionlock.list'), '')
        locking = true
    }

    /** Builds a package; dnf finds it after {@link #publish}. */
    Path add(Map fields = [:], String name, String version) {
        def evr = RpmVersion.parse(version)
        def spec = ["Name: $name", "Version: ${evr.version()}", "Release: ${evr.release().orElse('1')}", 'Summary: a test', 'License: none',
            'BuildArch: noarch']
        evr.epoch().ifPresent { spec << "Epoch: $it" }
        fields.findAll { it.key != 'pre' }.each { key, value -> spec << "$key: $value" }
        if (fields.pre) {
            spec += ['%pre', fields.pre]
        }
        spec += ['%description', 'a package of a test', '%files', '']
        def file = Files.writeString(folder.resolve("${name}.spec"), spec.join('\n'))
        def said = shell('rpmbuild', '-bb', '--quiet', '--define', "_topdir $folder/build", '--define', "_rpmdir $repository", file as String)
        def built = repository.resolve("noarch/$name-${evr.version()}-${evr.release().orElse('1')}.noarch.rpm")
        assert Files.exists(built): said
        built
    }

    /** Writes the repository's index. */
    void index() {
        shell('createrepo_c', '-q', repository as String)
    }

    /** Writes the index, and lets dnf read it. */
    void publish() {
        index()
        run('dnf', '-q', 'makecache', '--refresh')
    }

    /** The versions of a package that are installed, in one line. */
    String status(String name) {
        run('rpm', '-qa', '--qf', '%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE} ', name).strip()
    }

    String run(String... command) {
        shell(*words(command as List))
    }

    private static String shell(Object... command) {
        def process = new ProcessBuilder(command*.toString()).redirectErrorStream(true).start()
        process.outputStream.close()
        def output = process.inputStream.getText('UTF-8')
        process.waitFor()
        output
    }
}
