package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import java.time.LocalTime
import java.time.ZoneOffset
import java.time.ZonedDateTime
import spock.lang.Timeout
import tools.jackson.databind.json.JsonMapper

/**
 * What users of other tools take for granted of a run, each row with a real manifest and the real command line. What a
 * signal does is in ProcessSpec, for it needs a process of its own.
 */
@Timeout(120)
class EngineConformanceSpec extends CliSpecification {

    /** A window that is shut now, whatever the time is, and for hours to come. */
    private static String shut() {
        def from = LocalTime.now(ZoneOffset.UTC).plusHours(12).withMinute(0)
        sprintf('%02d:00-%02d:30 UTC', from.hour, from.hour)
    }

    /** Each resource with what came of it, in the catalog's order; the test's folder is left out. */
    private String outcomes(Map<String, ?> how = [:], String manifest) {
        exit = run(*(['--output', 'json', '--jobs', '1'] + (how.options ?: []) + site(manifest, how)))
        report = JsonMapper.shared().readValue(out, Map)
        report.resources.collect { "${it.id}:${it.outcome}${it.because ? "(${it.because.reason})" : ''}${it.waits ? "(${it.waits.reason})" : ''}" }
            .join(' ').replace("$folder/", '')
    }

    private String site(String manifest, Map<String, ?> how) {
        def place = site(manifest.replace('HOME', folder.toString()))
        (how.classes ?: [:]).each { name, text ->
            Files.writeString(Path.of(place, "${name}.groovy"), text.replace('HOME', folder.toString()))
        }
        place
    }

    int exit
    Map report

    private List<String> log() {
        def file = folder.resolve('log')
        Files.exists(file) ? Files.readAllLines(file) : []
    }

    /** An exec that writes its name into the log. */
    private static String logged(String name, String body = '') {
        "exec('$name') { shell 'echo $name >> HOME/log'; $body }\n"
    }

    // Order

    def "independent resources take the manifest's order"() {
        when:
        outcomes(logged('c') + logged('a') + logged('b'))

        then:
        log() == ['c', 'a', 'b']
    }

    def "one that depends on another takes its turn after it, wherever it is declared"() {
        when:
        outcomes(logged('first', "requires exec['last']") + logged('second') + logged('last'))

        then:
        log() == ['second', 'last', 'first']
    }

    def "an order that names a composite holds for all in it, and in the composites in it"() {
        when:
        outcomes("include(Outer) { requires exec['before']; before exec['after'] }\n" + logged('after') + logged('before'),
            classes: [Outer: "class Outer extends Composite { void declare() { include(Inner); ${logged('outer')} } }",
                Inner: "class Inner extends Composite { void declare() { ${logged('inner')} } }"])

        then:
        log() == ['before', 'inner', 'outer', 'after']
    }

    def "a resource that comes before itself is a cycle, told with its place"() {
        expect:
        run(site("notice('a') { requires notice['a'] }", [:])) == 1
        err.contains('Dependency cycle')
        err.contains('requires at site.groovy:1:15')
    }

    def "the same name in one type twice is refused, with both places"() {
        expect:
        run(site("notice 'a'\nnotice('a') { message 'x' }", [:])) == 1
        err.contains('Duplicate resource')
        err.contains('site.groovy:2:1')
        err.contains('first declared here at site.groovy:1:1')
    }

    // Failures

    def "after a failure what depends on it is skipped, each once and with the one to blame, and the rest goes on"() {
        expect:
        outcomes("exec('bad') { command 'false' }\n" + logged('direct', "requires exec['bad']") +
            logged('indirect', "requires exec['direct']") + logged('other')) ==
            'exec[bad]:failed exec[direct]:skipped(dependency-failed) exec[indirect]:skipped(dependency-failed) exec[other]:changed'
        report.resources*.because*.id.findAll() == ['exec[bad]', 'exec[bad]']
        log() == ['other']
        exit == 6

        run(folder.resolve('site').toString())
        out.readLines().count { it.contains('exec[direct] skipped: exec[bad] failed') } == 1
        out.readLines().count { it.contains('exec[indirect] skipped: exec[bad] failed') } == 1
    }

    def "a failure in a composite skips what comes after the composite"() {
        expect:
        outcomes("include(Part) { before exec['after'] }\n" + logged('after'),
            classes: [Part: "class Part extends Composite { void declare() { exec('bad') { command 'false' }; ${logged('good')} } }"]) ==
            'exec[bad]:failed exec[good]:changed exec[after]:skipped(dependency-failed)'
    }

    def "what is made usable by the run is used in the same run"() {
        expect:
        outcomes('''
            exec('use') { command 'HOME/tool'; requires file['HOME/tool'] }
            file('HOME/tool') { content '#!/bin/sh\\necho used >> HOME/log\\n'; mode '0755' }
        ''') == 'file[tool]:changed exec[use]:changed'
        log() == ['used']
    }

    // Refreshes

    def "a change is told to all in the composite that subscribes to it, and in the composites in that"() {
        expect:
        outcomes("def f = file('HOME/f') { content 'x' }\ninclude(Outer) { subscribes f }\n",
            classes: [Outer: 'class Outer extends Composite { void declare() { include(Inner) } }',
                Inner: "class Inner extends Composite { void declare() { ${logged('told', 'refreshOnly true')} } }"]) ==
            'file[f]:changed exec[told]:refreshed'
        log() == ['told']
    }

    def "a change deep in a composite is told to what subscribes to the composite, once"() {
        expect:
        outcomes("def outer = include(Outer)\n" + logged('told', 'refreshOnly true; subscribes outer'),
            classes: [Outer: 'class Outer extends Composite { void declare() { include(Inner); file("HOME/g") { content "x" } } }',
                Inner: 'class Inner extends Composite { void declare() { file("HOME/f") { content "x" } } }']) ==
            'file[f]:changed file[g]:changed exec[told]:refreshed'
        log() == ['told']
    }

    def "a refresh that fails is a failure"() {
        expect:
        outcomes("file('HOME/f') { content 'x'; notifies exec['r'] }\nexec('r') { command 'false'; refreshOnly true }\n" +
            logged('after', "requires exec['r']")) == 'file[f]:changed exec[r]:failed exec[after]:skipped(dependency-failed)'
        exit == 6
    }

    // No-op

    def "what is in no-op is looked at, left alone, and tells nobody"() {
        expect:
        outcomes("file('HOME/f') { content 'x'; noop true; notifies exec['r'] }\n" + logged('r', 'refreshOnly true')) ==
            'file[f]:pending exec[r]:in-sync'
        !Files.exists(folder.resolve('f'))
        log() == []
        exit == 0
    }

    def "no-op holds for all in a composite but what says no"() {
        expect:
        outcomes("include(Part) { noop true }", classes: [Part: "class Part extends Composite { void declare() { ${logged('a')} ${logged('b', 'noop false')} } }"]) ==
            'exec[a]:pending exec[b]:changed'
        log() == ['b']
    }

    def "what is in no-op is not refreshed either, and says that it would be"() {
        expect:
        outcomes("file('HOME/f') { content 'x'; notifies exec['r'] }\n" + logged('r', 'refreshOnly true; noop true')) ==
            'file[f]:changed exec[r]:pending-refresh'
        log() == []
    }

    // Skips

    def "tags leave out what has none of them, of its own, by its type or by its composites: #tags"() {
        expect:
        outcomes("include(Part) { tags 'blue' }\nnotice('c') { tags 'red' }", options: ['--tags', tags],
            classes: [Part: "class Part extends Composite { void declare() { notice 'a'; ${logged('b')} } }"])
            .split(' ').findAll { !it.contains('not-tagged') }.collect { it[-3..-1] == 'ync' ? it - ':in-sync' : it - ':changed' } == wanted

        where:
        tags       || wanted
        'blue'     || ['notice[a]', 'exec[b]']
        'red'      || ['notice[c]']
        'exec'     || ['exec[b]']
        'Part,red' || ['notice[a]', 'exec[b]', 'notice[c]']
    }

    def "what tags leave out is told with the reason"() {
        expect:
        run('--verbose', '--tags', 'red', site("notice 'a'\nnotice('b') { tags 'red' }", [:])) == 0
        out.contains('notice[a] skipped: it has none of the wanted tags')
    }

    def "outside its window a resource is pending with the time when it opens, and what comes after it waits"() {
        given:
        def manifest = "file('HOME/f') { content 'x'; window '${shut()}' }\n" + logged('after', "requires file['HOME/f']") + logged('other')

        expect:
        outcomes(manifest) == 'file[f]:pending(window) exec[after]:pending(dependency-waits) exec[other]:changed'
        exit == 0
        ZonedDateTime.parse(report.resources[0].waits.opens).isAfter(ZonedDateTime.now())
        log() == ['other']
        !Files.exists(folder.resolve('f'))

        run(site(manifest, [:])) == 0
        out =~ /would be created: content \(its window opens \w{3} \d{4}-\d\d-\d\d \d\d:00 \+00:00\)/
        out.contains("(waits for file[$folder/f])")
    }

    def "a refresh that #what keeps back is made up for by the first run that may, though nothing changes in it"() {
        given:
        def manifest = { more ->
            "file('HOME/conf') { content 'x'; tags 'conf'; notifies exec['reload'] }\n" + logged('reload', "refreshOnly true; $more")
        }

        expect:
        outcomes(manifest(rule), options: options) == "file[conf]:changed exec[reload]:$kept"
        outcomes(manifest(rule), options: options) == "file[conf]:in-sync exec[reload]:$kept"
        log() == []

        and: 'a dry run foresees it, and pays nothing'
        outcomes(manifest(''), options: ['--dry-run']) == 'file[conf]:in-sync exec[reload]:pending-refresh'
        log() == []

        and:
        outcomes(manifest('')) == 'file[conf]:in-sync exec[reload]:refreshed'
        outcomes(manifest('')) == 'file[conf]:in-sync exec[reload]:in-sync'
        log() == ['reload']

        where:
        what            | rule                 | options            || kept
        'a shut window' | "window '${shut()}'" | []                 || 'pending-refresh(window)'
        '--tags'        | ''                   | ['--tags', 'conf'] || 'skipped(not-tagged)'
    }

    def "a refresh in no-op is told once, and then it is up to the reader"() {
        given:
        def manifest = { more ->
            "file('HOME/conf') { content 'x'; notifies exec['reload'] }\n" + logged('reload', "refreshOnly true; $more")
        }

        expect:
        outcomes(manifest('noop true')) == 'file[conf]:changed exec[reload]:pending-refresh'
        outcomes(manifest('')) == 'file[conf]:in-sync exec[reload]:in-sync'
        log() == []
    }

    def "a plan holds a refresh that is owed, and is the run that makes up for it"() {
        given:
        def manifest = "file('HOME/conf') { content 'x'; tags 'conf'; notifies exec['reload'] }\n" + logged('reload', 'refreshOnly true')
        outcomes(manifest, options: ['--tags', 'conf'])
        def plan = folder.resolve('plan.json').toString()

        expect:
        outcomes(manifest, options: ['--dry-run', '--save-plan', plan]) == 'file[conf]:in-sync exec[reload]:pending-refresh'
        run('--plan', plan) == 0
        log() == ['reload']
        outcomes(manifest) == 'file[conf]:in-sync exec[reload]:in-sync'

        and: 'it is owed no more'
        run('--plan', plan) == 1
        err.contains('nothing would refresh it any more')
    }

    def "inside its window it is changed"() {
        expect:
        outcomes("file('HOME/f') { content 'x'; window '${shut()}', '00:00-24:00' }") == 'file[f]:changed'
    }

    // Limits

    def "a turn that takes longer than its timeout fails, with all that its programs started"() {
        expect:
        outcomes("include(Part) { timeout '1s' }\n" + logged('other'),
            classes: [Part: '''class Part extends Composite { void declare() {
                exec('slow') { shell 'echo $$ > HOME/pid; sleep 100 & sleep 100' }
            } }''']) == 'exec[slow]:failed exec[other]:changed'
        report.resources[0].diagnostic.detail.contains('its timeout of 1s')
        !Files.exists(Path.of('/proc', folder.resolve('pid').toFile().text.strip()))
    }

    def "a turn that fails begins again as often as it may, and each failure is told"() {
        given:
        def manifest = logged('flaky', "onlyIf 'test ! -e HOME/done'; retries 3; retryDelay '10ms'")
            .replace('echo flaky >> HOME/log', 'echo try >> HOME/log; test $(wc -l < HOME/log) -ge 3')

        expect:
        outcomes(manifest) == 'exec[flaky]:changed'
        log() == ['try', 'try', 'try']
        report.resources[0].tries.size() == 2
        exit == 0
    }

    def "a FIFO that nobody writes to does not hang the run: #what"() {
        given:
        assert ['mkfifo', "$folder/fifo"].execute().waitFor() == 0

        expect:
        outcomes("$what\n" + logged('other'), options: ['--time-limit', '20s']).endsWith('exec[other]:changed')
        !report.interrupted
        report.seconds.converge < 15
        ['test', '-p', "$folder/fifo"].execute().waitFor() == 0 || what.contains('force')

        where:
        what << [
            "file('HOME/fifo') { content 'x' }",
            "file('HOME/fifo') { mode '0600' }",
            "file('HOME/g') { source 'HOME/fifo' }",
            "line('HOME/fifo', 'x')",
            "block('HOME/fifo', 'b') { content 'x' }",
            "iniSetting('HOME/fifo', 's', 'k', 'v')",
            "setting('HOME/fifo', 'k', 'v') { lens 'Simplevars' }",
            "link('HOME/fifo') { target 'x' }",
            "archive('HOME/a') { source 'HOME/fifo' }",
        ]
    }

    def "at the run's time limit what is in hand is ended, the rest is skipped with the reason"() {
        given:
        def manifest = logged('a') + "exec('slow') { command 'sleep', '100' }\n" + logged('b')

        expect:
        outcomes(manifest, options: ['--time-limit', '3s']) == 'exec[a]:changed exec[slow]:failed exec[b]:skipped(time-limit)'
        report.resources[1].diagnostic.detail.contains("the run's time limit of 3s")
        report.interrupted
        exit == 6
        log() == ['a']
    }

    def "text says that the time limit was reached"() {
        expect:
        run('--time-limit', '2s', site("exec('slow') { command 'sleep', '100' }\nnotice 'c'", [:]), '--jobs', '1') == 4
        out.contains('exec[slow] failed')
        out.contains('Its time was up while it was changed, by the run\'s time limit of 2s.')
        out.contains('The command "sleep 100" was ended. It said nothing.')
        out.contains('↷ skipped 1 resource: the time limit of the run was reached')
    }

    // Secrets

    def "a secret is masked in #what"() {
        given:
        def manifest = '''
            def word = secret('hunter2')
            file('HOME/f') { content "pw=${word}\\n"; mode '0600' NOOP }
            exec('env') { shell 'echo $PW; exit 3'; environment PW: word NOOP }
            exec('argv') { command 'sh', '-c', "echo ${word}; exit 3" NOOP }
            exec('again') { shell 'echo $PW; exit 3'; environment PW: word; retries 1; retryDelay '1ms' NOOP }
            exec('late') { shell 'echo $PW; sleep 100'; environment PW: word; timeout '1s' NOOP }
            notice('n') { message "it is ${word}" }
        '''.replace(' NOOP', noop ? '; noop true' : '')
        if (changed) {
            folder.resolve('f').toFile().text = 'pw=hunter2 of old\n'
        }

        when:
        run(*(options + site(manifest, [:])))

        then:
        (out + err).contains('********')
        !(out + err).contains('hunter2')
        kept().every { !it.contains('hunter2') }

        where:
        what                         | options                                 | noop  | changed
        'a change and its failures'  | []                                      | false | false
        'the diff of a change'       | []                                      | false | true
        'the most detailed text'     | ['--verbose']                           | false | true
        'what no-op says'            | ['--verbose']                           | true  | true
        'what a dry run says'        | ['--dry-run', '--verbose']              | false | true
        'JSON'                       | ['--output', 'json']                    | false | true
        'test results'               | ['--output', 'junit']                   | false | true
        'the JSON of a dry run'      | ['--output', 'json', '--dry-run']       | false | true
    }

    /** All that the runs have kept, but what was backed up and compiled: these are the secret's own places. */
    private List<String> kept() {
        def state = folder.resolve('state')
        if (!Files.exists(state)) {
            return []
        }
        Files.walk(state).withCloseable { paths ->
            paths.filter(Files::isRegularFile)
                .filter { !it.toString().contains('/objects/') && !it.toString().contains('/manifests/') }
                .map { it.toFile().getText('UTF-8') }.toList()
        }
    }
}
