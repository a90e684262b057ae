package dev.converge.cli

import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import tools.jackson.databind.json.JsonMapper

/** A plan is applied as it was reviewed, or not at all. */
class PlanSpec extends CliSpecification {
    private Path etc

    void setup() {
        etc = Files.createDirectories(folder.resolve('etc'))
    }

    def "what a dry run foresaw is made, and nothing else"() {
        given:
        write('motd', 'Hello\n')
        def place = site(files(motd: 'Welcome\n', issue: 'Here\n'))

        expect:
        run('--dry-run', '--save-plan', plan(), place) == 2
        out.readLines().last() == "Saved a plan of 2 changes. Make exactly these with: converge --plan ${plan()}"
        Files.getPosixFilePermissions(Path.of(plan())) == PosixFilePermissions.fromString('rw-------')
        read('motd') == 'Hello\n'

        and:
        run('--plan', plan(), '--dry-run') == 2
        read('motd') == 'Hello\n'

        and:
        run('--plan', plan(), '--detailed-exitcode') == 2
        out.contains('changed 2')
        read('motd') == 'Welcome\n'
        read('issue') == 'Here\n'

        and: 'once made, the host is another one'
        run('--plan', plan()) == 1
        err.contains('it has nothing to change any more')
    }

    def "when #what, all is left as it is, and told: #told"() {
        given:
        ['motd', 'same', 'other'].each { write(it, 'old\n') }
        write('same', 'same\n')
        def manifest = files(motd: 'new\n', same: 'same\n', other: 'new\n')
        def place = site(manifest)
        run('--dry-run', '--save-plan', plan(), place)
        def elsewhere = Files.writeString(folder.resolve('elsewhere.groovy'), manifest).toString()

        when:
        moved.rehydrate(this, this, this).call(manifest)
        def before = tree()

        then:
        run(*(['--plan', plan()] + more.collect { it == 'ELSEWHERE' ? elsewhere : it })) == 1
        tree() == before
        told.every { err.contains(it) }
        out.isEmpty()

        where:
        what                              | moved                                                                      | more                || told
        'a planned file has moved'        | { write('motd', 'else\n') }                 | []                  || ['The host has moved', 'motd]: content was sha256', 'site.groovy:1:1']
        'its mode has moved'              | { chmod('motd') }                           | []                  || ['motd]: mode differs from the manifest by now: it is "0600"']
        'a planned file is gone'          | { delete('motd') }       | []                  || ['motd]: it would be created, and was to be updated']
        'a planned file is in sync'       | { write('motd', 'new\n') }                  | []                  || ['motd]: it has nothing to change any more']
        'another file drifted'            | { write('same', 'drift\n') }                | []                  || ['same]: it has drifted since: it would be updated (content)']
        'the site moved'                  | { site(it.replace('new', 'newer')) }        | []                  || ['declares something else', 'motd] is declared otherwise']
        'a resource is not declared more' | { site(it.readLines().drop(1).join('\n')) } | []                  || ['motd] is not declared any more']
        'another resource is declared'    | { site(it + "notice 'more'\n") }            | []                  || ['beside the resources of the plan']
        'the plan was edited'             | { edit(plan(), '"update"', '"delete"') }    | []                  || ['its seal is broken']
        'a fact in the plan was edited'   | { edit(plan(), /"facts": .}/, '"facts": {"os.family": "x"}') }              | []                  || ['its seal is broken']
        'the plan is of another host'     | { edit(plan(), /"host": "[^"]*"/, '"host": "other.example"') }             | []                  || ['It was made on other.example, and this is ']
        'the plan is of a newer Converge' | { edit(plan(), 'converge.plan/1', 'converge.plan/2') }                     | []                  || ['has the form converge.plan/2, and this Converge reads converge.plan/1']
        'the file is no plan'             | { write('../plan.json', '[1]') }            | []                  || ['is not a plan']
        'the file is not JSON'            | { write('../plan.json', 'x') }              | []                  || ['is not a plan']
        'there is no file'                | { delete('../plan.json') }           | []                  || ['does not exist']
        'the key is another one'          | { otherKey() }            | []                  || ['was sealed with another key']
        'another site is named'           | { }                                                                        | ['ELSEWHERE']              || ['It was made for']
        'tags are given too'              | { }                                                                        | ['--tags', 'x']     || ['--tags does not go with --plan']
        'a plan is saved too'             | { }                                                                        | ['--dry-run', '--save-plan', '/x'] || ['--save-plan does not go with --plan']
    }

    def "a whole plan is JSON that tells people what it does, and nobody a secret"() {
        given:
        def folder = folder
        def etc = etc
        write('motd', 'pw=older\n')
        def place = site("file('$etc/motd') {\n    content \"pw=\${secret('hunter2')}\\n\"\n    notifies notice['told']\n}\nnotice 'told'\n")

        expect:
        run('--dry-run', '--save-plan', plan(), '--output', 'json', place) == 2
        !new File(plan()).text.contains('hunter2')
        with(new JsonMapper().readValue(new File(plan()), Map)) {
            it.schema == 'converge.plan/1'
            it.site == folder.resolve('site').toString()
            it.changes*.id == ["file[$etc/motd]".toString()]
            it.changes[0].action == 'update'
            it.changes[0].attributes[0].name == 'content'
            it.changes[0].attributes[0].after == '********'
            it.changes[0].digests.keySet() == ['observed', 'desired'] as Set
            it.origin.sources.size() == 64
            it.seal.size() == 64
        }

        and: 'two plans of the same tell nothing about each other'
        def first = new JsonMapper().readValue(new File(plan()), Map)
        run('--dry-run', '--save-plan', plan(), place) == 2
        def second = new JsonMapper().readValue(new File(plan()), Map)
        first.changes[0].digests.observed != second.changes[0].digests.observed
        first.catalog != second.catalog

        and:
        write('motd', 'pw=hunter1\n')
        run('--plan', plan()) == 1
        !err.contains('hunter')
        err.contains('motd]')
    }

    def "what is behind a change is judged again in its turn: #what"() {
        given:
        def dir = folder.resolve('new')
        def place = site("""\
            exec('make') {
                command 'sh', '-c', '${script.replace('DIR', dir.toString())}'
                creates '$dir'
            }
            file('$dir/conf') {
                content 'wanted\\n'
                requires exec['make']
            }
            """.stripIndent())

        expect:
        run('--dry-run', '--save-plan', plan(), place) == 2
        with(new JsonMapper().readValue(new File(plan()), Map)) {
            it.changes[1].expected
            it.changes[1].after == 'exec[make]'
            it.changes[1].digests.keySet() == ['desired'] as Set
        }
        run('--plan', plan()) == exit
        new File("$dir/conf").text == content

        where:
        what                            | script                                        || exit | content
        'it is created as announced'    | 'mkdir DIR'                                   || 0    | 'wanted\n'
        'a file of a package is in place' | 'mkdir DIR; echo packaged > DIR/conf'       || 0    | 'wanted\n'
        'it is as it shall be'          | 'mkdir DIR; echo wanted > DIR/conf'           || 0    | 'wanted\n'
    }

    def "a change that shows itself only while the run goes on is not made"() {
        given:
        write('drifts', 'same\n')
        def place = site("""\
            exec('meddle') {
                command 'sh', '-c', 'echo meddled > $etc/drifts; touch $etc/done'
                creates '$etc/done'
            }
            file('$etc/drifts') {
                content 'same\\n'
                requires exec['meddle']
            }
            file('$etc/after') {
                content 'x'
                requires file['$etc/drifts']
            }
            """.stripIndent())
        run('--dry-run', '--save-plan', plan(), place)

        expect:
        run('--plan', plan()) == 6
        out.contains('This change is not in the plan, so it was not made: to update it (content).')
        out.contains('after] skipped')
        read('drifts') == 'meddled\n'
    }

    def "a purge removes what was reviewed, not as many others"() {
        given:
        def dir = Files.createDirectories(etc.resolve('conf.d'))
        ('a'..'f').each { Files.writeString(dir.resolve(it), 'x') }
        def place = site("directory('$dir') {\n    purge true\n    recurse true\n}\n")
        run('--dry-run', '--save-plan', plan(), place)
        Files.move(dir.resolve('f'), dir.resolve('g'))

        expect:
        run('--plan', plan()) == 1
        err.contains("conf.d]: what was found on the host differs, in what is not shown")
        dir.toFile().list() as Set == ['a', 'b', 'c', 'd', 'e', 'g'] as Set

        and:
        Files.move(dir.resolve('g'), dir.resolve('f'))
        run('--plan', plan()) == 0
        dir.toFile().list().length == 0
    }

    def "a plan of tags is a run of them"() {
        given:
        def place = site(['a', 'b'].collect { "file('$etc/$it') {\n    content 'x'\n    tags '$it'\n}\n" }.join())

        expect:
        run('--dry-run', '--tags', 'a', '--save-plan', plan(), place) == 2
        run('--plan', plan()) == 0
        Files.exists(etc.resolve('a'))
        !Files.exists(etc.resolve('b'))
    }

    def "only a dry run saves a plan"() {
        expect:
        run('--save-plan', plan(), site("notice 'x'")) == 1
        err.contains('Add --dry-run')
    }

    def "a plan replaces a file and nothing else: not #what"() {
        given:
        def target = folder.resolve(name)
        prepared.rehydrate(this, this, this).call(target)
        def before = Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? Files.readAttributes(target, 'unix:mode,ino', LinkOption.NOFOLLOW_LINKS) : null

        expect:
        run('--dry-run', '--save-plan', target.toString(), site(files(motd: 'x'))) == 1
        err.contains('--save-plan cannot write there')
        out.isEmpty()
        before == (before ? Files.readAttributes(target, 'unix:mode,ino', LinkOption.NOFOLLOW_LINKS) : null)

        where:
        what                      | name     | prepared
        'a folder'                | 'd'      | { Files.createDirectory(it) }
        'a pipe or a device'      | 'p'      | { assert ['mkfifo', it.toString()].execute().waitFor() == 0 }
        'a link to one'           | 'l'      | { Files.createSymbolicLink(it, Path.of('/dev/null')) }
        'a link that leads to no' | 'n'      | { Files.createSymbolicLink(it, Path.of('nowhere')) }
        'in a folder that is not' | 'no/way' | { }
    }

    def "a plan that is #what is refused, and not waited for"() {
        given:
        def place = folder.resolve('p')
        made.call(place)
        // Whoever reads the pipe waits for this one, and no test hangs for ever.
        def writer = ['sh', '-c', "test -p '$place' && sleep 20 > '$place'"].execute()

        expect:
        run('--plan', place.toString()) == 1
        err.contains("$place is $what, and a plan is a file.")
        err.contains('Name the file that --save-plan wrote.')

        cleanup:
        writer.destroy()

        where:
        what                           | made
        'a folder'                     | { Files.createDirectory(it) }
        'a pipe, a socket or a device' | { assert ['mkfifo', it.toString()].execute().waitFor() == 0 }
    }

    def "a link to a file stays, and the plan is where it leads"() {
        given:
        def real = Files.writeString(folder.resolve('real'), 'old')
        def link = Files.createSymbolicLink(folder.resolve('link'), real)

        expect:
        run('--dry-run', '--save-plan', link.toString(), site(files(motd: 'x'))) == 2
        Files.isSymbolicLink(link)
        run('--plan', real.toString()) == 0
        read('motd') == 'x'
    }

    def "drift that is only reported is no change of a plan"() {
        given:
        def place = site("file('$etc/motd') { content 'x'; onDrift 'report' }")
        run(place)
        write('motd', 'drift')

        expect:
        run('--dry-run', '--save-plan', plan(), place) == 2
        out.contains('Saved a plan of 0 changes.')
        run('--plan', plan()) == 0
        read('motd') == 'drift'
    }

    private String plan() {
        folder.resolve('plan.json').toString()
    }

    private void write(String name, String text) {
        Files.writeString(etc.resolve(name), text)
    }

    private String read(String name) {
        Files.readString(etc.resolve(name))
    }

    private void chmod(String name) {
        Files.setPosixFilePermissions(etc.resolve(name), PosixFilePermissions.fromString('rw-------'))
    }

    private static void edit(String file, String what, String by) {
        def text = new File(file).text
        def edited = text.replaceFirst(what, java.util.regex.Matcher.quoteReplacement(by))
        assert edited != text
        new File(file).text = edited
    }

    private void delete(String name) {
        Files.delete(etc.resolve(name))
    }

    private void otherKey() {
        Files.write(folder.resolve('state/plan.key'), new byte[32])
    }

    private String files(Map<String, String> contents) {
        contents.collect { name, text -> "file('$etc/$name') { content '${text.replace('\n', '\\n')}'; mode '0644' }\n" }.join()
    }

    private Map<String, Object> tree() {
        etc.toFile().listFiles().collectEntries { [(it.name): [it.text, Files.getLastModifiedTime(it.toPath()), Files.getPosixFilePermissions(it.toPath())]] }
    }
}
