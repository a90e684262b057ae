package dev.converge.git

import dev.converge.process.ThisProcess
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

class SiteCommitSpec extends Specification {
    @TempDir
    Path folder

    private String git(Path where = folder, String... words) {
        def builder = new ProcessBuilder(['git', '-c', 'user.name=a', '-c', 'user.email=a@example.com'] + (words as List))
            .directory(where.toFile()).redirectErrorStream(true)
        builder.environment().putAll(GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null')
        def process = builder.start()
        def said = process.inputStream.text.strip()
        assert process.waitFor() == 0: said
        said
    }

    private String commit() {
        git('init', '-q', '-b', 'main')
        write('.gitignore', '*.log\n')
        write('site/site.groovy', "notice 'a'\n")
        write('site/files/motd', 'hello\n')
        write('other/notes', 'x\n')
        git('add', '.')
        git('commit', '-q', '-m', 'one')
        git('rev-parse', 'HEAD')
    }

    private void write(String name, String text) {
        def file = folder.resolve(name)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }

    def "a site that is as its commit says is at that commit, #how"() {
        given:
        def id = commit()

        expect:
        SiteCommit.of(folder.resolve('site'), []).get() == new SiteCommit(id, false)
        HeadFiles.id(folder.resolve('site')).get() == id

        when:
        words.each { git(*it) }

        then:
        SiteCommit.of(folder.resolve('site'), []).get() == new SiteCommit(id, false)
        HeadFiles.id(folder.resolve('site')).get() == id

        where:
        how          | words
        'packed'     | [['gc', '-q']]
        'on a tag'   | [['tag', 'v1'], ['gc', '-q'], ['checkout', '-q', 'v1']]
        'on a branch'| [['checkout', '-q', '-b', 'feature/x']]
        'symbolic'   | [['symbolic-ref', 'refs/heads/now', 'refs/heads/main'], ['checkout', '-q', 'now']]
    }

    def "#what counts as modified: #modified"() {
        given:
        commit()
        write(file, text)

        expect:
        SiteCommit.of(folder.resolve('site'), []).get().modified() == modified

        where:
        what                             | file              | text            || modified
        'an edited manifest'             | 'site/site.groovy'| "notice 'b'\n"  || true
        'a file that Git does not know'  | 'site/files/new'  | 'x'             || true
        'a file that Git ignores'        | 'site/files/a.log'| 'x'             || false
        'what is beside the site'        | 'other/notes'     | 'y'             || false
    }

    def "only what belongs to a manifest that was named by itself counts"() {
        given:
        commit()
        write('site/unrelated', 'x')

        expect:
        !SiteCommit.of(folder.resolve('site'), ['site.groovy', 'files']).get().modified()
        SiteCommit.of(folder.resolve('site'), []).get().modified()
    }

    def "a removed file and a staged one count"() {
        given:
        commit()
        change.call(folder)

        expect:
        SiteCommit.of(folder, []).get().modified()

        where:
        change << [
            { Path top -> Files.delete(top.resolve('site/files/motd')) },
            { Path top -> new ProcessBuilder('git', 'rm', '-q', 'other/notes').directory(top.toFile()).start().waitFor() },
        ]
    }

    def "a linked worktree has its own commit"() {
        given:
        commit()
        git('worktree', 'add', '-q', '../' + folder.fileName + '-linked')
        def linked = folder.resolveSibling(folder.fileName.toString() + '-linked')
        Files.writeString(linked.resolve('site/site.groovy'), "notice 'b'\n")
        git(linked, 'commit', '-q', '-a', '-m', 'two')

        expect:
        SiteCommit.of(linked.resolve('site'), []).get() == new SiteCommit(git(linked, 'rev-parse', 'HEAD'), false)
        HeadFiles.id(linked).get() == git(linked, 'rev-parse', 'HEAD')

        cleanup:
        linked.toFile().deleteDir()
    }

    def "where no commit is, none is told: #what"() {
        given:
        prepare.call(folder)

        expect:
        SiteCommit.of(folder, []).isEmpty()
        HeadFiles.id(folder).isEmpty()

        where:
        what                      | prepare
        'no repository'           | { Path top -> }
        'nothing committed'       | { Path top -> new ProcessBuilder('git', 'init', '-q').directory(top.toFile()).start().waitFor() }
        'a damaged repository'    | { Path top -> Files.createDirectory(top.resolve('.git')) }
        'a link that leads astray'| { Path top -> Files.writeString(top.resolve('.git'), 'gitdir: /nowhere\n') }
    }

    def "no program that the repository names is run, and nothing is written into it"() {
        given:
        commit()
        def trap = folder.resolveSibling(folder.fileName.toString() + '-trap')
        def program = "touch $trap; cat"
        git('config', 'filter.evil.clean', program)
        git('config', 'filter.evil.smudge', program)
        git('config', 'filter.evil.process', program)
        git('config', 'filter.evil.required', 'true')
        git('config', 'core.fsmonitor', program)
        git('config', 'core.hooksPath', folder.resolve('hooks').toString())
        git('config', 'include.path', '/dev/zero')
        write('.gitattributes', '* filter=evil\n')
        write('site/site.groovy', "notice 'c'\n")
        def index = folder.resolve('.git/index')
        def before = Files.getLastModifiedTime(index)

        expect:
        SiteCommit.of(folder.resolve('site'), []).get().modified()
        !Files.exists(trap)
        Files.getLastModifiedTime(index) == before

        cleanup:
        Files.deleteIfExists(trap)
    }

    @Requires({ ThisProcess.isRoot() })
    def "root reads a repository of somebody else"() {
        given:
        def id = commit()
        new ProcessBuilder('chown', '-R', 'nobody', folder.toString()).start().waitFor()

        expect:
        SiteCommit.of(folder.resolve('site'), []).get() == new SiteCommit(id, false)
    }
}
