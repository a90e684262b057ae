package dev.converge.state

import dev.converge.converger.Debts
import dev.converge.diagnostic.SourceRange
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Policy
import dev.converge.model.Resource
import dev.converge.model.ResourceId
import dev.converge.provider.Action
import dev.converge.provider.Change
import dev.converge.provider.ResourceFailure
import dev.converge.report.Run
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir
import tools.jackson.databind.json.JsonMapper

/** What a run writes down, and what the next one makes of it. */
class RunJournalSpec extends Specification {
    @TempDir
    Path folder

    JournalFolder journals
    Path place

    def setup() {
        StateDirectory state = new StateDirectory(Files.createDirectory(folder.resolve('state')))
        place = state.journals()
        journals = new JournalFolder(state)
    }

    private RunJournal begin(String run) {
        journals.begin(new Run(run, 'web', Instant.now()), new Debtor('converge site.groovy', Optional.of('/srv/site')), journals.earlier())
    }

    private static ResourceId id(String name) {
        new ResourceId('probe', name)
    }

    private static List<ResourceId> ids(String names) {
        names.split(' ').findAll().collect { id(it) }
    }

    private static Change<?> change(String name) {
        def declared = new Declared<>(id(name), new Resource() {}, Ensure.PRESENT, SourceRange.point('site.groovy', 1, 1),
            Policy.none())
        new Change<>(declared, Action.UPDATE, Optional.empty(), [])
    }

    /** @param steps such as {@code start:a=b,c done:a fail:a refresh:b=c temp:/t end:=b} */
    private static void play(RunJournal journal, String steps) {
        steps.split(' ').findAll().each { step ->
            def (word, rest) = step.split(':', 2) as List
            def parts = rest.split('=', 2) as List
            def others = ids((parts[1] ?: '').replace(',', ' '))
            switch (word) {
                case 'plan' -> journal.planned(change(rest))
                case 'start' -> journal.started(change(parts[0]), others)
                case 'done' -> journal.done(id(rest))
                case 'fail' -> journal.failed(id(parts[0]), others)
                case 'refresh' -> { journal.refreshing(id(parts[0])); journal.refreshed(id(parts[0]), others) }
                case 'refreshing' -> journal.refreshing(id(rest))
                case 'temp' -> journal.temporary(Path.of(rest))
                case 'end' -> journal.ended(new Debts(ids(parts[0].replace(',', ' ')) as Set, others as Set))
            }
        }
    }

    private static String text(Debts debts) {
        [debts.unfinished(), debts.refreshes()].collect { set -> set*.name().toSorted().join(',') }.join('=')
    }

    private List<String> names(Path where) {
        Files.isDirectory(where)
            ? Files.list(where).withCloseable { it.toList() }.findAll { Files.isRegularFile(it) }*.fileName*.toString().toSorted()
            : []
    }

    def "a run of which '#steps' is known when it is killed leaves '#left'"() {
        when:
        play(begin('r1'), steps)

        then:
        text(journals.earlier().debts()) == left

        where:
        steps                                      || left
        'plan:a start:a'                           || 'a='
        'plan:a start:a done:a'                    || '='
        'plan:a start:a fail:a'                    || '='
        'start:a=b'                                || 'a=b'
        'start:a=b done:a'                         || '=b'
        'start:a=b fail:a'                         || '='
        'start:a=b fail:a=b'                       || '=b'
        'start:a=b fail:a=b start:a=b fail:a'      || '=b'
        'start:a=b fail:a=b refresh:b'             || '='
        'start:a=b done:a refreshing:b'            || '=b'
        'start:a=b done:a refreshing:b fail:b'     || '=b'
        'start:a=b done:a refresh:b'               || '='
        'start:a=b done:a refresh:b=c'             || '=c'
        'start:a=b,c start:d=c done:a fail:d'      || '=b,c'
        'start:a=b done:a refresh:b start:c=b'     || 'c=b'
    }

    def "what several runs leave adds up: #runs"() {
        when:
        runs.eachWithIndex { steps, i -> play(begin("r$i"), steps) }

        then:
        text(journals.earlier().debts()) == left

        where:
        runs                                                 || left
        ['start:a=b', 'start:c=d']                           || 'a,c=b,d'
        ['start:a=b', 'start:a=b done:a']                    || '=b'
        ['start:a=b', 'refresh:b']                           || 'a='
        ['start:a=b done:a', 'start:a=b fail:a']             || '=b'
        ['start:a=b', 'start:c end:=b']                      || '=b'
        ['start:a=b', 'refresh:b end:=']                     || '='
        ['start:a=b done:a', 'start:c=d done:c', 'refresh:d'] || '=b'
    }

    def "a run that pays everything closes all journals, its own too"() {
        given:
        play(begin('r1'), 'start:a=b')
        play(begin('r2'), 'start:c')

        when:
        play(begin('r3'), 'refresh:b end:=')

        then:
        names(place) == []
        names(place.resolve('ended')) == ['r1.jsonl', 'r2.jsonl', 'r3.jsonl']
        journals.earlier() == EarlierRuns.NONE
    }

    def "a run that leaves something takes over what was left before"() {
        given:
        play(begin('r1'), 'start:a=b start:c')

        when:
        play(begin('r2'), 'start:d=e done:d end:c=b,e')

        then:
        names(place) == ['r2.jsonl']
        text(journals.earlier().debts()) == 'c=b,e'
        journals.earlier().killed() == []
    }

    def "a run that has nothing to write leaves no journal, and those before it where they are"() {
        given:
        play(begin('r1'), 'start:a=b done:a end:=b')

        when:
        play(begin('r2'), 'end:=b')

        then:
        names(place) == ['r1.jsonl']

        when: 'what was owed is gone'
        play(begin('r3'), 'end:=')

        then:
        names(place) == []
        names(place.resolve('ended')) == ['r1.jsonl']
    }

    def "a run that has nothing to write takes over from one that was killed, so that it is told once"() {
        given:
        play(begin('r1'), 'start:a=b done:a')

        when:
        play(begin('r2'), 'end:=b')

        then:
        names(place) == ['r2.jsonl']
        journals.earlier().killed() == []
        journals.earlier().debts().refreshes()*.name() == ['b']
    }

    def "a run in sync makes not even the folder"() {
        when:
        play(begin('r1'), 'end:=')

        then:
        !Files.exists(place)
    }

    def "the order of runs is that of their numbers, whatever the clock said"() {
        given:
        play(begin('20260102'), 'start:a=b done:a')

        when: 'the clock goes back'
        play(begin('20250101'), 'refresh:b start:c=d')

        then:
        text(journals.earlier().debts()) == 'c=d'
        journals.earlier().killed()*.run() == ['20260102', '20250101']
    }

    def "each line is an object of JSON, whatever the names hold"() {
        given:
        String name = 'say "hi"\n\tto \\ ü 😀 \u0001'
        def journal = begin('r1')

        when:
        journal.started(change(name), [id(name)])
        journal.temporary(Path.of('/tmp/ü "x"'))

        then:
        def lines = Files.readAllLines(place.resolve('r1.jsonl')).collect { JsonMapper.shared().readValue(it, Map) }
        lines[0].subMap(['schema', 'run', 'number', 'command', 'site']) ==
            [schema: 'converge.journal/1', run: 'r1', number: 1, command: 'converge site.groovy', site: '/srv/site']
        lines[1].subMap(['event', 'id', 'notifies']) ==
            [event: 'started', id: "probe[$name]".toString(), notifies: ["probe[$name]".toString()]]
        lines[1].ms >= 0
        lines[2].path == '/tmp/ü "x"'
        journals.earlier().debts().refreshes() == [id(name)] as Set
        journals.earlier().temporaries() == [Path.of('/tmp/ü "x"')] as Set
    }

    def "only its owner reads it"() {
        when:
        play(begin('r1'), 'start:a')

        then:
        PosixFilePermissions.toString(Files.getPosixFilePermissions(place)) == 'rwx------'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve('r1.jsonl'))) == 'rw-------'
    }

    def "a line that was cut short after #bytes bytes is skipped, and hides no other"() {
        given:
        play(begin('r1'), 'start:a=b done:a start:c')
        Path file = place.resolve('r1.jsonl')
        byte[] whole = Files.readAllBytes(file)
        int last = new String(whole, 0, whole.length - 1, 'UTF-8').lastIndexOf('\n') + 1

        when:
        Files.write(file, Arrays.copyOf(whole, last + bytes))

        then:
        text(journals.earlier().debts()) == '=b'

        where:
        bytes << [0, 1, 20, 30]
    }

    def "a damaged journal gives what can be read of it"() {
        given:
        Files.createDirectories(place)
        Files.write(place.resolve('r1.jsonl'), content as byte[])

        expect:
        text(journals.earlier().debts()) == left
        journals.earlier().killed()*.run() == ['r1']

        where:
        content                                                                    || left
        ''.bytes                                                                   || '='
        '\u0000\u0000\u0000\n'.bytes                                               || '='
        [0xff, 0xfe, 0x0a] + ('{"event":"started","id":"probe[a]"}\n'.bytes as List) || 'a='
        '[1]\n{"event":"started","id":"nothing"}\n{"event":"new"}\n'.bytes         || '='
    }

    def "a dry run leaves out the journal of a process that is still there"() {
        when:
        play(begin('r1'), 'start:a=b')

        then:
        journals.endedEarlier() == EarlierRuns.NONE
        text(journals.earlier().debts()) == 'a=b'

        when: 'the process is gone'
        Path file = place.resolve('r1.jsonl')
        Files.writeString(file, Files.readString(file).replaceFirst(/"pid":\d+/, '"pid":4194305'))

        then:
        text(journals.endedEarlier().debts()) == 'a=b'
    }

    def "where the journal cannot be written, no change is begun"() {
        given:
        Files.createDirectories(place.parent)
        Files.writeString(place, 'a file where the folder should be')

        when:
        begin('r1').started(change('a'), [])

        then:
        def e = thrown(ResourceFailure)
        e.message.startsWith('The journal cannot be written, so nothing was changed: ')
    }

    def "the latest journals are kept"() {
        when:
        53.times { play(begin(String.format('r%02d', it)), 'start:a done:a end:=') }

        then:
        names(place.resolve('ended')) == (3..52).collect { String.format('r%02d.jsonl', it) }
    }
}
