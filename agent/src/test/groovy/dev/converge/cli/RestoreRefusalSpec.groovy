package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Timeout

/** What a restore leaves as it is, and what it says of that. */
@Timeout(120)
class RestoreRefusalSpec extends RestoreSpecification {
    def "what is changed since the run is refused, named, and left; the rest comes back"() {
        given:
        Files.writeString(at('a'), 'a')
        Files.writeString(at('b'), 'b')
        apply("file('HOME/a') { content 'A' }; file('HOME/b') { content 'B' }; file('HOME/c') { content 'C' }")
        Files.writeString(at('a'), 'by hand')

        when:
        int exit = restore('last')

        then:
        exit == 6
        out.contains("${at('a')} was changed since that run, by something else than Converge.")
        Files.readString(at('a')) == 'by hand'
        Files.readString(at('b')) == 'b'
        !Files.exists(at('c'))
    }

    def "force takes it back all the same"() {
        given:
        Files.writeString(at('a'), 'a')
        apply("file('HOME/a') { content 'A' }")
        Files.writeString(at('a'), 'by hand')

        expect:
        restore('--force', 'last') == 0
        Files.readString(at('a')) == 'a'
    }

    def "a directory that the run made stays when others have put something into it"() {
        given:
        apply("directory('HOME/d') {}")
        Files.writeString(at('d/mine'), 'x')

        expect:
        restore(*words.collect { it.replace('HOME', home as String) }) == 4
        Files.exists(at('d/mine'))
        out.contains('Remove it by hand if it may go.')
        !out.contains('force true')

        where:
        words << [['last'], ['last', '--force'], ['HOME/d', '--run', 'last']]
    }

    def "what others have put in the place of a file is not advised to go by a word for manifests"() {
        given:
        Files.writeString(at('a'), '0')
        apply("file('HOME/a') { mode '0600' }")
        Files.delete(at('a'))
        Files.createDirectory(at('a'))

        expect:
        restore('last', '--force') == 4
        out.contains('Remove it by hand if it may go.')
        !out.contains('force true')
    }

    def "what a later run has replaced again is named with that run"() {
        given:
        Files.writeString(at('a'), '0')
        apply("file('HOME/a') { content '1' }")
        def first = lastRun()
        apply("file('HOME/a') { content '2' }")

        expect:
        restore(first) == 4
        out.contains("the run ${lastRun()} has replaced it again")
        Files.readString(at('a')) == '2'
        restore(at('a') as String, '--run', first) == 0
        Files.readString(at('a')) == '0'
    }

    def "what nothing takes back is listed with why, and is no failure"() {
        given:
        apply("exec('touch HOME/x') { creates 'HOME/x' }; file('HOME/y') { content 'y' }")

        expect:
        restore('last') == 0
        err.contains("exec[touch $home/x]: Nothing takes back what was executed.")
        Files.exists(at('x'))
        !Files.exists(at('y'))
    }

    def "a content that is no longer kept, or damaged, is refused; others come back"() {
        given:
        Files.writeString(at('a'), 'first')
        Files.writeString(at('b'), 'second')
        apply("file('HOME/a') { content 'A' }; file('HOME/b') { content 'B' }")
        def digest = java.security.MessageDigest.getInstance('SHA-256').digest('first'.bytes).encodeHex().toString()
        def object = folder.resolve("state/backups/objects/${digest[0..1]}/${digest[2..-1]}")
        spoil.call(object)

        expect:
        restore('last') == 4
        err.contains(why)
        Files.readString(at('a')) == 'A'
        Files.readString(at('b')) == 'second'

        where:
        spoil                                      | why
        ({ Path kept -> Files.delete(kept) })      | 'is missing'
        ({ Path kept -> Files.writeString(kept, 'tampered') })  | 'is damaged'
    }

    def "#words is refused with exit status 1: #told"() {
        given:
        apply("file('HOME/a') { content '1' }; file('HOME/b') { content '2' }")

        expect:
        restore(*words.collect { it.replace('HOME', home as String) }) == 1
        err.contains(told.replace('HOME', home as String))
        Files.readString(home.resolve('a')) == '1'

        where:
        words                        | told
        ['nonsense']                 | 'Unknown run'
        ['/no/such/path']            | 'No version of /no/such/path is kept.'
        ['HOME/a']                   | 'HOME/a was made by the run'
        ['last', '--run', 'last']    | '--run goes with a path'
        ['--run', 'last']            | '--run goes with a path'
        ['last', '--list']           | 'Look at what would be taken back with converge restore last --dry-run.'
    }

    def "before the first run, last is told that there is none"() {
        expect:
        restore('last') == 1
        err.contains('No run has changed anything that could be restored.')
        !err.contains('./last')
    }
}
