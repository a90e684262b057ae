package dev.converge.language

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.model.Catalog
import dev.converge.model.Reason
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** The orders that nobody has to write. */
class AutomaticEdgesSpec extends Specification {
    @TempDir
    Path folder

    private Catalog catalog(String manifest) {
        def site = Files.writeString(folder.resolve('site.groovy'), manifest)
        def compiled = new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty())
            .compile(Site.open(site).value().get(), new Facts(new FixedFacts([:])))
        assert compiled.diagnostics().empty
        compiled.value().get()
    }

    private static List<String> automatic(Catalog catalog) {
        catalog.edges().findAll { it.why() instanceof Reason.Automatic }.collect { "${it.from()} > ${it.to()}" as String }.sort()
    }

    def "#what"() {
        expect:
        automatic(catalog(manifest)) == edges.sort()

        where:
        what                                           | manifest                                                                || edges
        'a file comes after its folder'                | "file '/a/f'\ndirectory '/a'"                                           || ['directory[/a] > file[/a/f]']
        'a file comes after the nearest folder above'  | "file '/a/b/c/f'\ndirectory '/a'\ndirectory '/a/b'"                     || ['directory[/a] > directory[/a/b]', 'directory[/a/b] > file[/a/b/c/f]']
        'a file comes after a link that is its folder' | "file '/a/f'\nlink('/a') { target '/b' }"                               || ['link[/a] > file[/a/f]']
        'a file comes after its owner and its group'   | "file('/f') { owner 'u'; group 'g' }\nuser 'u'\ngroup 'g'"              || ['group[g] > file[/f]', 'user[u] > file[/f]']
        'a user comes after the groups'                | "user('u') { gid 'p'; groups 'a', 'b' }\ngroup 'a'\ngroup 'b'\ngroup 'p'" || ['group[a] > user[u]', 'group[b] > user[u]', 'group[p] > user[u]']
        'a command comes after its folder and user'    | "exec('x') { command 'true'; cwd '/a'; user 'u' }\ndirectory '/a'\nuser 'u'" || ['directory[/a] > exec[x]', 'user[u] > exec[x]']
        'a command comes after what its words name'    | "exec('x') { command 'nginx', '-c', '/n' }\nfile '/n'\npkg 'nginx'"     || ['file[/n] > exec[x]', 'pkg[nginx] > exec[x]']
        'a program comes before the command'           | "exec('x') { command '/opt/tool' }\nfile '/opt/tool'"                   || ['file[/opt/tool] > exec[x]']
        'a package comes after its file'               | "pkg('p') { source '/p.deb' }\nfile '/p.deb'"                           || ['file[/p.deb] > pkg[p]']
        'a file is removed before its folder'          | "directory('/a') { ensure 'absent' }\nfile('/a/f') { ensure 'absent' }" || ['file[/a/f] > directory[/a]']
        'a link is removed before its folder'          | "directory('/a') { ensure 'absent' }\nlink('/a/l') { ensure 'absent' }" || ['link[/a/l] > directory[/a]']
        'a user is removed before every removed group' | "group('g') { ensure 'absent' }\ngroup 'h'\nuser('u') { ensure 'absent' }" || ['user[u] > group[g]']
        'what stays waits for nothing that goes'       | "file('/a/f') { owner 'u' }\nuser('u') { ensure 'absent' }"             || []
    }

    def "what a repository is signed by comes first, although every package would come after the repository"() {
        when:
        def catalog = catalog("""
            pkg 'gnupg'
            pkg 'nginx'
            file('/x.asc') { requires pkg['gnupg'] }
            aptRepository('x') { uris 'https://x'; suites './'; signedBy '/x.asc' }
        """)

        then:
        automatic(catalog) == ['aptRepository[x] > pkg[nginx]', 'file[/x.asc] > aptRepository[x]']
    }

    def "a written order stands, and no cycle comes of it"() {
        when:
        def catalog = catalog("def f = file '/a/f'\ndirectory('/a') { requires f }\nfile '/a/g'")

        then:
        automatic(catalog) == ['directory[/a] > file[/a/g]']
        catalog.resources()*.id()*.name() == ['/a/f', '/a', '/a/g']
    }
}
