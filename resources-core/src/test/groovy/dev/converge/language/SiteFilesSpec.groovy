package dev.converge.language

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Which files of a site are read: those that are in it, and are files. */
class SiteFilesSpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
    }

    def "a data file that is #what is refused, and nothing waits for it"() {
        given:
        site.write('data/other.yaml', '')
        def file = folder.resolve('data/common.yaml').toFile()
        assert ['sh', '-c', make, '-', file.path].execute().waitFor() == 0
        site.manifest("def x = lookup('a', Object)")

        expect:
        site.problems() == ['data data/common.yaml:1:1']

        where:
        what              | make
        'a pipe'          | 'mkfifo "$1"'
        'endless'         | 'ln -s /dev/zero "$1"'
        'a folder'        | 'mkdir "$1"'
        'larger than any' | 'truncate -s 3G "$1"'
    }

    def "a data file that a link outside the site stands for is refused: #link"() {
        given:
        def outside = Files.createDirectories(folder.resolve('outside/hosts'))
        Files.writeString(outside.resolve('web1.example.com.yaml'), 'a: secret')
        Files.writeString(outside.resolve('hierarchy.yaml'), 'version: 1 # secret\nlevels: []')
        site = new SiteFolder(Files.createDirectories(folder.resolve('site')))
        site.write('data/hierarchy.yaml', 'version: 1\nlevels: [{ name: host, path: "hosts/${fqdn}.yaml" }]').manifest("notice lookup('a', String)")
        def at = site.root.resolve(link)
        Files.deleteIfExists(at)
        Files.createDirectories(at.parent)
        Files.createSymbolicLink(at, outside.resolve(target))

        expect:
        site.problems() == [place]
        site.diagnostics()[0].detail().contains('a link that leads out of the site')
        !site.print(site.diagnostics()).contains('secret')

        where:
        link                              | target                | place
        'data/hosts/web1.example.com.yaml'| 'web1.example.com.yaml' | 'data data/hosts/web1.example.com.yaml:1:1'
        'data/hosts'                      | '.'                   | 'data data/hosts/web1.example.com.yaml:1:1'
        'data/hierarchy.yaml'             | 'hierarchy.yaml'      | 'data data/hierarchy.yaml:1:1'
    }

    def "a data file that a link in the site stands for is read, wherever the site itself is"() {
        given:
        def real = new SiteFolder(Files.createDirectories(folder.resolve('real')))
        real.write('data/common.yaml', 'a: x').write('other.yaml', 'a: linked').manifest("notice lookup('a', String)")
        Files.delete(real.root.resolve('data/common.yaml'))
        Files.createSymbolicLink(real.root.resolve('data/common.yaml'), Path.of('../other.yaml'))

        expect:
        new SiteFolder(Files.createSymbolicLink(folder.resolve('link'), real.root)).ids() == ['notice[linked]']
    }

    def "what a link in #where leads to outside the site is not read"() {
        given:
        def secret = Files.writeString(folder.resolve('key'), 'secret')
        site = new SiteFolder(Files.createDirectories(folder.resolve('site')))
        site.manifest(manifest)
        Files.createDirectories(site.root.resolve(where))
        Files.createSymbolicLink(site.root.resolve("$where/key"), secret)
        Files.createSymbolicLink(site.root.resolve("$where/all"), folder)

        expect:
        site.problems() == [place]
        site.diagnostics()[0].detail().contains("$shown is reached by a link that leads out of the site.")

        where:
        where       | shown               | manifest                                          | place
        'files'     | 'files/key'         | "file('/a') { source 'key' }"                     | 'bad-value site.groovy:1:14'
        'files'     | 'files/all/key'     | "file('/a') { source 'all/key' }"                 | 'bad-value site.groovy:1:14'
        'files'     | 'files/all'         | "directory('/a') { source 'all' }"                | 'bad-value site.groovy:1:19'
        'templates' | 'templates/key'     | "file('/a') { content template('key') }"          | 'site-file site.groovy:1:22'
        'templates' | 'templates/all/key' | "file('/a') { content template('all/key') }"      | 'site-file site.groovy:1:22'
    }

    def "the folder files/ itself is never proposed for a file that is not in it"() {
        given:
        site.manifest("file('/a') { source 'a' }").write('files/other/long-name', '')

        expect:
        !site.print(site.diagnostics()).contains('Did you mean')
    }
}
