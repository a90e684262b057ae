package dev.converge.faults

import java.nio.file.Files
import java.nio.file.Path

/** A manifest of many types in two versions, and what they need: the second version changes all that the first has made. */
final class Hosts {
    static final List<String> RELOADS = ['reload', 'again']

    /** Folders that a new one takes the place of. */
    static final List<String> SWAPPED = ['app']

    private static final String HALF_FILE = /updated\/(.*\/)?\._[^\/]*\.tmp/

    private Hosts() {}

    /** Writes both versions into a folder, about a host in its {@code host}. */
    static void write(Path folder) {
        Path store = Files.createDirectories(folder.resolve('store'))
        shell(store, '''
            for version in 1 2; do
              mkdir -p tree-$version/deep/er app-$version/bin
              for n in 1 2 3 4; do head -c 3000 /dev/zero | tr "\\0" $version > tree-$version/deep/file-$n; done
              echo only-$version > tree-$version/only-$version
              mkdir tree-$version/folder-$version; echo x > tree-$version/folder-$version/x
              head -c 5000 /dev/zero | tr "\\0" $version > app-$version/bin/app; chmod 755 app-$version/bin/app
              echo $version > app-$version/version
              tar czf app-$version.tar.gz app-$version
            done
            export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a
            git -c init.defaultBranch=main init -q repository; cd repository
            for version in 1 2; do
              for n in 1 2 3; do head -c 4000 /dev/zero | tr "\\0" $version > file-$n; done
              echo $version > version-$version; mkdir -p sub; echo $version > sub/file
              git add -A; git commit -qm $version; git tag v$version
            done
        ''')
        [before: BEFORE, after: AFTER].each { version, text ->
            Path site = Files.createDirectories(folder.resolve(version))
            Files.writeString(site.resolve('site.groovy'), text.replace('@', folder as String))
        }
    }

    private static void shell(Path folder, String script) {
        assert new ProcessBuilder('sh', '-ec', script).directory(folder.toFile()).inheritIO().start().waitFor() == 0
    }

    /** Whether a file that several resources edit is between two of them, or is one that Git writes before it takes its place. */
    static boolean mayBe(String path, Path host) {
        path ==~ HALF_FILE || path == 'shared' && Files.readString(host.resolve(path)) in ['a\nfirst\n', 'a\nsecond\n']
    }

    private static final String BEFORE = '''
        file('@/host/replaced') { content 'old ' * 9000; mode '0640' }
        file('@/host/mode') { content 'same'; mode '0600' }
        file('@/host/narrowed') { content 'open'; mode '0644' }
        file('@/host/removed') { content 'going' }
        for (name in ['lines', 'blocks', 'shared']) {
            file("@/host/${name}") { content 'a\\n' }
        }
        file('@/host/settings.ini') { content '[a]\\nkey = old\\n' }
        file('@/host/was-a-file') { content 'file' }
        directory('@/host/tree') { source '@/store/tree-1' }
        directory('@/host/gone') { source '@/store/tree-1' }
        directory('@/host/cache')
        file('@/host/cache/a.tmp') { content 'x' }
        file('@/host/cache/b') { content 'x' }
        link('@/host/link') { target 'one' }
        link('@/host/unlinked') { target 'one' }
        archive('@/host/app') { source '@/store/app-1.tar.gz'; strip 1 }
        gitCheckout('@/host/updated') { repository '@/store/repository'; revision 'v1' }
    '''

    private static final String AFTER = '''
        def conf = file('@/host/replaced') { content 'new ' * 9000; mode '0600' }
        file('@/host/created') { content 'new ' * 20000; mode '0640' }
        file('@/host/mode') { mode '0644' }
        file('@/host/narrowed') { content 'closed'; mode '0600' }
        file('@/host/removed') { ensure 'absent' }
        line('@/host/lines', 'b')
        def block = block('@/host/blocks', 'one') { content 'b\\nc\\n' }
        def first = line('@/host/shared', 'first')
        line('@/host/shared', 'second') { requires first }
        iniSetting('@/host/settings.ini', 'a', 'key', 'new')
        link('@/host/was-a-file') { target 'two'; force true }
        directory('@/host/tree') { source '@/store/tree-2'; purge true; force true; fileMode '0600' }
        directory('@/host/gone') { ensure 'absent'; force true }
        directory('@/host/made') { mode '0700' }
        directory('@/host/copied') { source '@/store/tree-2'; mode '0750' }
        tidy('@/host/cache') { matches '*.tmp' }
        link('@/host/link') { target 'two' }
        link('@/host/unlinked') { ensure 'absent' }
        archive('@/host/app') { source '@/store/app-2.tar.gz'; strip 1 }
        archive('@/host/app-new') { source '@/store/app-1.tar.gz'; strip 1 }
        gitCheckout('@/host/checkout') { repository '@/store/repository'; revision 'v2' }
        gitCheckout('@/host/updated') { repository '@/store/repository'; revision 'v2' }
        exec('index') { command 'mkdir', '@/host/index'; creates '@/host/index' }
        def reload = exec('reload') {
            shell 'echo reload >> @/reloads'
            refreshOnly true
            subscribes conf
        }
        exec('again') {
            shell 'echo again >> @/reloads'
            refreshOnly true
            subscribes reload, block
        }
    '''
}
