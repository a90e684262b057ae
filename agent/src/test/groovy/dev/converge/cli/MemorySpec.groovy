package dev.converge.cli

import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import tools.jackson.databind.json.JsonMapper

/** Whose change it was, what is no longer managed, and what never settles: as reports tell it. */
class MemorySpec extends CliSpecification {
    private File file(String name) {
        folder.resolve(name).toFile()
    }

    private Map json(String... words) {
        run(*(['--output', 'json'] + (words as List)))
        JsonMapper.shared().readValue(out, Map)
    }

    private Map only(String... words) {
        json(words).resources.find { it.outcome != 'in-sync' }
    }

    private File[] kept(String end) {
        file('state/applied').listFiles().findAll { it.name.endsWith(end) }
    }

    def "a new resource, a changed manifest and a changed host are told apart, in dry runs too"() {
        given:
        def place = site("file('${file('a')}') { content 'x'; mode '0644' }\n")

        expect: 'not declared before'
        only('--dry-run', place).subMap('outcome', 'cause', 'corrective') == [outcome: 'pending', cause: 'new', corrective: false]
        only(place).subMap('outcome', 'cause', 'corrective') == [outcome: 'changed', cause: 'new', corrective: false]

        when: 'the host moves'
        file('a').text = 'y'

        then:
        only('--dry-run', place).subMap('cause', 'corrective') == [cause: 'host', corrective: true]
        only(place).subMap('cause', 'corrective') == [cause: 'host', corrective: true]

        when: 'the manifest moves'
        site("file('${file('a')}') { content 'z'; mode '0644' }\n")

        then:
        only('--dry-run', place).subMap('cause', 'corrective') == [cause: 'manifest', corrective: false]
        only(place).subMap('cause', 'corrective') == [cause: 'manifest', corrective: false]

        when: 'both do'
        site("file('${file('a')}') { content 'w'; mode '0644' }\n")
        Files.setPosixFilePermissions(file('a').toPath(), PosixFilePermissions.fromString('rw-------'))
        def both = only(place)

        then:
        both.corrective == false
        both.attributes.collectEntries { [it.name, it.cause] } == [content: 'manifest', mode: 'host']

        when: 'it is removed'
        file('a').delete()

        then:
        only(place).subMap('action', 'cause') == [action: 'create', cause: 'host']
    }

    def "#what first seen in sync, and later changed by somebody, is corrected"() {
        given:
        file('a').text = 'x'
        file('site/files').mkdirs()
        file('site/files/source').text = 'x'
        def place = site("file('${file('a')}') { $given }\n")
        run(place)

        when:
        file('a').text = 'y'

        then:
        only(place).cause == 'host'

        where:
        what       | given
        'content'  | "content 'x'"
        'a secret' | "content secret('x')"
        'a source' | "source 'source'"
    }

    def "a file of the site that is another one is the manifest's change"() {
        given:
        file('site/files').mkdirs()
        file('site/files/source').text = 'x'
        def place = site("file('${file('a')}') { source 'source' }\n")
        run(place)

        when:
        file('site/files/source').text = 'y'

        then:
        only(place).cause == 'manifest'

        when: 'somebody repairs a host by hand, and the site follows'
        file('a').text = 'z'
        file('site/files/source').text = 'z'
        file('site/files/source').setLastModified(1)
        run(place)
        file('a').text = 'w'

        then:
        only(place).cause == 'host'
    }

    def "a resource that could not be changed is new until it is"() {
        given:
        def place = site("file('${file('no/a')}') { content 'x' }\n")
        run(place)
        file('no').mkdirs()

        expect:
        only(place).cause == 'new'
    }

    def "what tags leave out stays as it was"() {
        given:
        def place = site("file('${file('a')}') { content 'x'; tags 'one' }\nfile('${file('b')}') { content 'x'; tags 'two' }\n")
        run(place)
        file('a').text = 'y'
        file('b').text = 'y'

        expect:
        json('--tags', 'one', place).resources.find { it.outcome == 'changed' }.cause == 'host'
        json('--tags', 'two', place).resources.find { it.outcome == 'changed' }.cause == 'host'
        !json(place).containsKey('noLongerManaged')
    }

    def "people read it in a word"() {
        given:
        def place = site("file('${file('a')}') { content 'x'; mode '0644' }\nfile('${file('b')}') { ensure 'absent' }\n")
        run(place)
        Files.setPosixFilePermissions(file('a').toPath(), PosixFilePermissions.fromString('rw-------'))
        file('b').text = ''

        when:
        run('--dry-run', place)

        then:
        out.contains("~ file[${file('a')}] would correct mode 0600 → 0644")
        out.contains("- file[${file('b')}] would be removed again")

        when:
        run(place)

        then:
        out.contains("~ file[${file('a')}] corrected: mode 0600 → 0644")
        out.contains("- file[${file('b')}] removed again")

        when:
        file('a').delete()
        run(place)

        then:
        out.contains("+ file[${file('a')}] created again: content, mode 0644")
    }

    def "drift is only reported with onDrift 'report', and an intended change is made"() {
        given:
        def place = site("file('${file('a')}') { content 'x'; onDrift 'report' }\nfile('${file('b')}') { content 'x'; requires file['${file('a')}'] }\n")
        run(place)
        file('a').text = 'y'
        file('b').delete()

        when:
        def status = run('--detailed-exitcode', place)

        then:
        status == 2
        out.contains("would correct content (drift, only reported)")
        out.contains('-y')
        file('a').text == 'y'
        file('b').text == 'x'
        only(place).waits == [reason: 'drift']

        when:
        site("file('${file('a')}') { content 'z'; onDrift 'report' }\n")
        run(place)

        then:
        file('a').text == 'z'
    }

    def "what is declared no longer is named once, with its place, and left alone"() {
        given:
        def place = site("file('${file('a')}') { content 'x' }\nfile('${file('b')}') { ensure 'absent' }\nexec('true')\nnotice 'n'\n")
        run(place)
        site("notice 'n'\n")

        expect:
        json('--dry-run', place).noLongerManaged == [[id: "file[${file('a')}]" as String, place: 'site.groovy:1:1']]

        when:
        run(place)

        then:
        out.contains("· file[${file('a')}] no longer managed, left as it is   site.groovy:1:1\n")
        file('a').text == 'x'
        JsonMapper.shared().readValue(file('state/reports').listFiles().sort().last(), Map).noLongerManaged.size() == 1

        expect:
        !json(place).containsKey('noLongerManaged')
    }

    def "another site on the same state directory is another matter"() {
        given:
        def one = site("file('${file('a')}') { content 'x' }\n")
        def other = file('other.groovy')
        other.text = "file('${file('b')}') { content 'x' }\n"

        expect:
        ['', ''].every {
            run(one)
            run(other.toString())
            !out.contains('no longer managed')
        }
    }

    def "a resource that something else changes back each time is found in the third run, and two that fight are both named"() {
        given:
        def place = site(manifest.replace('/a', file('a').toString()))
        run(place)

        when:
        3.times {
            if (outside) {
                file('a').text = 'other\n'
            }
            run(place)
            assert (err.contains('flapping') || err.contains(summary)) == (it == 2)
        }

        then:
        words.every { err.contains(it) }

        when: 'it settles'
        file('a').text = settled
        run(place)

        then:
        !err.contains(summary) || !outside

        where:
        manifest                                                                                          | outside | settled | summary                   || words
        "file('/a') { content 'x' }"                                                                      | true    | 'x'     | 'Changed in every run'    || ['site.groovy:1', "onDrift 'report'"]
        "file('/a') { content 'x\\n' }\nblock('/a', 'y') { content 'y' }" | false | 'x\n' | 'Resources undo each other' || ['site.groovy:1', 'site.groovy:2']
    }

    def "a command without a guard says once that it runs in every run; one whose guard is of no use says it each time"() {
        given:
        def place = site("exec('true') { $guard }\n")

        expect:
        (1..5).collect {
            run(place)
            err.contains('Changed in every run')
        } == told

        where:
        guard           || told
        ''              || [false, false, false, true, false]
        "onlyIf 'true'" || [false, false, false, true, true]
    }

    def "a damaged memory is set aside, and what it would say is not known"() {
        given:
        def place = site("file('${file('a')}') { content 'x' }\n")
        run(place)
        def text = kept('.txt')[0]
        text.text = damage(text.text)
        file('a').text = 'y'

        when:
        def told = only(place)

        then:
        !told.containsKey('cause')
        !told.containsKey('corrective')
        json(place).diagnostics == []
        kept('').count { it.name.contains('.txt.damaged-') } == 1

        when:
        file('a').text = 'y'

        then:
        only(place).cause == 'host'

        where:
        damage << [{ it.substring(0, it.length() - 20) }, { it.replace('content:', 'content:A') }, { '' }]
    }

    def "what is only to be reported stays so when what was applied last is not known any more"() {
        given:
        def place = site("file('${file('a')}') { content 'x'; onDrift 'report' }\n")
        run(place)
        kept('.txt')[0].text = 'damaged'
        file('a').text = 'y'

        expect:
        only(place).outcome == 'pending'
        only(place).subMap('outcome', 'cause') == [outcome: 'pending', cause: 'host']
        file('a').text == 'y'
    }

    def "no secret and no guess of one is kept, and only the owner may read it"() {
        given:
        def place = site("file('${file('a')}') { content secret('hunter2') }\n")
        run(place)

        expect:
        [*kept('.txt'), *kept('.mark'), *kept('key')].every {
            Files.getPosixFilePermissions(it.toPath()) == PosixFilePermissions.fromString('rw-------')
        }
        !kept('.txt')[0].text.contains('hunter2')
    }

    def "a run in which nothing has changed writes nothing, and a dry run never does"() {
        given:
        def place = site("file('${file('a')}') { content 'x' }\n")
        run('--dry-run', place)
        assert !file('state/applied').exists()
        run(place)
        def before = kept('').collectEntries { [it.name, [it.lastModified(), it.text]] }

        when:
        run(place)
        file('a').text = 'y'
        run('--dry-run', place)

        then:
        kept('').collectEntries { [it.name, [it.lastModified(), it.text]] } == before
    }
}
