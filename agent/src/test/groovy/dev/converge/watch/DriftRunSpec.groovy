package dev.converge.watch

import dev.converge.converger.RunListener
import dev.converge.converger.RunOptions
import dev.converge.diagnostic.Diagnostic
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.host.LocalCommands
import dev.converge.language.Site
import dev.converge.language.SiteInputs
import dev.converge.memory.SiteIdentity
import dev.converge.model.Catalog
import dev.converge.model.ResourceId
import dev.converge.report.Ingredients
import dev.converge.report.Report
import dev.converge.report.Run
import dev.converge.report.RunKind
import dev.converge.session.Session
import dev.converge.session.Settings
import dev.converge.state.StateDirectory
import java.nio.file.Path
import java.time.Duration
import java.util.function.Supplier

/** Watching and running together, as the agent does both. */
class DriftRunSpec extends WatchSpecification {
    private Catalog declared
    private Ingredients from

    private void declare(String manifest) {
        declared = catalog(manifest)
        from = new Ingredients(Site.open(folder.resolve('site')).value().get(), new SiteInputs(), new Facts(new FixedFacts([:])))
    }

    private Report run(Set<ResourceId> only = null, List<Diagnostic> told = []) {
        def options = RunOptions.jobs(2)
        def settings = new Settings(types, Path.of('/'), new LocalCommands(Path.of('/')), new StateDirectory(folder.resolve('state')),
            RunKind.LIVE, only == null ? options : options.only(only), 'spec')
        Session.open(settings, Run.begin('spec')).value().get().withCloseable { session ->
            session.remember(SiteIdentity.of(from, RunKind.LIVE))
            def report = session.converge(declared, RunListener.silent())
            def more = watch == null ? [] : watch.settle(report)
            told.addAll(more)
            session.keep(declared, report.with(more), { from.origin() } as Supplier)
        }
    }

    private static Set<ResourceId> files(Object... paths) {
        paths.collect { new ResourceId('file', it.toString()) } as Set
    }

    private static List<String> changed(Report report) {
        report.resources().findAll { it.corrective }.collect { it.declared().id().name() }
    }

    private Map<String, String> kept() {
        Map<String, String> found = new TreeMap<>()
        folder.resolve('state').toFile().eachFileRecurse { file ->
            if (file.file && file.name != 'run.lock') {
                found[file.toString()] = file.text
            }
        }
        found
    }

    def "a run of what has moved puts it right, and leaves what is known of the others"() {
        given:
        declare("file('$folder/x') { content 'x' }\nfile('$folder/y') { content 'y' }")
        run()
        def numbers = folder.resolve('state/last-run.json').toFile().text

        when:
        folder.resolve('x').toFile().text = 'other'
        folder.resolve('y').toFile().text = 'other'
        def report = run(files("$folder/x"))

        then:
        changed(report) == ["$folder/x" as String]
        report.resources().size() == 1
        folder.resolve('x').toFile().text == 'x'
        folder.resolve('y').toFile().text == 'other'
        folder.resolve('state/last-run.json').toFile().text == numbers
        folder.resolve("state/reports/${report.run().id()}.json").toFile().text.contains("$folder/x")

        and:
        changed(run()) == ["$folder/y" as String]
        run().allInSync()
    }

    def "a run of what has not moved leaves nothing behind"() {
        given:
        declare("file('$folder/x') { content 'x' }\nfile('$folder/y') { content 'y' }")
        run()
        def before = kept()

        expect:
        run(files("$folder/x")).allInSync()
        kept() == before
    }

    def "what the run does itself leads to one look, which finds nothing"() {
        given:
        declare("file('$folder/x') { content 'x' }")
        run()
        open().watch(declared)

        when:
        folder.resolve('x').toFile().text = 'other'
        def reports = []
        for (def moved = watch.await(Duration.ofSeconds(5)); !moved.isEmpty(); moved = watch.await(Duration.ofMillis(500))) {
            reports << run(moved.ids())
        }

        then:
        reports*.counts()*.changed() in [[1, 0], [1]]
    }

    def "what is only reported is fought over, too, and left alone after it was told"() {
        given:
        declare("file('$folder/x') {\n content 'x'\n onDrift 'report'\n}")
        run()
        open(Path.of('/'), WatchSettings.USUAL.fights(new FightRules(3, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60))))
        watch.watch(declared)
        List<Diagnostic> told = []
        int looks = 0

        when: 'it moves on and on'
        for (int i = 0; i < 5; i++) {
            folder.resolve('x').toFile().text = "other $i"
            for (def seen = watch.await(Duration.ofSeconds(1)); !seen.isEmpty(); seen = watch.await(Duration.ofMillis(200))) {
                run(seen.ids(), told)
                looks++
            }
        }

        then:
        looks == 3
        told*.summary() == ['Something changes it back each time']
        watch.fights() == told
        folder.resolve('x').toFile().text == 'other 4'
    }

    def "a fight is told once, and given up for a while"() {
        given:
        declare("file('$folder/x') { content 'x' }\nfile('$folder/y') { content 'y' }")
        run()
        open(Path.of('/'), WatchSettings.USUAL.fights(new FightRules(3, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(4))))
        watch.watch(declared)
        def writer = new ProcessBuilder('sh', '-c', "while sleep 0.01; do grep -q other $folder/x || echo other > $folder/x; done").start()
        List<Diagnostic> told = []
        def corrected = []

        when:
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos()
        while (System.nanoTime() < end) {
            def seen = watch.await(Duration.ofMillis(500))
            if (!seen.isEmpty()) {
                corrected.addAll(changed(run(seen.ids(), told)))
            }
        }

        then: 'three times at once, and again after two seconds'
        corrected.size() in [3, 4, 5]
        told.size() == 1
        told[0].summary() == 'Something changes it back each time'

        when: 'others are put right as ever'
        folder.resolve('y').toFile().text = 'other'

        then:
        moved(["$folder/y" as String] as Set).contains("$folder/y" as String)

        when: 'the other program ends'
        writer.destroyForcibly().waitFor()
        run(files("$folder/x"))
        long quiet = System.nanoTime() + Duration.ofSeconds(10).toNanos()
        while (System.nanoTime() < quiet) {
            def late = watch.await(Duration.ofMillis(500))
            if (!late.isEmpty()) {
                run(late.ids(), told)
            }
        }
        folder.resolve('x').toFile().text = 'other'

        then:
        moved(["$folder/x" as String] as Set) == ["$folder/x" as String] as Set

        cleanup:
        writer?.destroyForcibly()?.waitFor()
    }
}
