package dev.converge.sink

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.atomic.AtomicInteger
import spock.lang.AutoCleanup

/** A process that is killed while it spools and sends has lost nothing that it had taken, and sends nothing by another key. */
class KilledSenderSpec extends SinkSpecification {
    @AutoCleanup
    Collector collector = Collector.plain()

    def "killed again and again, all that was taken arrives in order"() {
        given:
        def answers = new AtomicInteger()
        collector.rule = { exchange, one -> answers.andIncrement % 3 == 0 ? 500 : 200 }
        def random = new Random(7)
        def taken = []
        int next = 1

        when:
        8.times { round ->
            Path said = folder.resolve("said-$round")
            def process = start(next, said)
            int wanted = 3 + random.nextInt(25)
            soon.eventually { assert Files.readAllLines(said).size() >= wanted }
            process.destroyForcibly().waitFor()
            taken.addAll(Files.readString(said).readLines().findAll { it ==~ /2026.*-4711/ })
            next = taken.collect { (it =~ /\.(\d+)Z/)[0][1] as int }.max() + 2
        }
        open(http(collector.url()))

        then:
        soon.eventually { assert sinks.states()[0].waiting() == 0 }
        def arrived = runs(collector)
        println "${taken.size()} taken over, ${arrived.size()} arrivals of ${arrived.toUnique().size()} reports"
        arrived.toUnique().containsAll(taken)
        arrived.toUnique() == arrived.toUnique().sort(false)
        collector.got.groupBy { it.id }.every { id, all -> all*.text.toUnique().size() == 1 }
    }

    private Process start(int first, Path said) {
        new ProcessBuilder("${System.getProperty('java.home')}/bin/java", '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'),
            Sender.name, folder.resolve('state') as String, collector.url() as String, first as String)
            .redirectError(ProcessBuilder.Redirect.INHERIT).redirectOutput(said.toFile()).start()
    }

    /** Reports for ever, and says after each that it is taken. */
    static final class Sender {
        static void main(String[] words) {
            def settings = [SinkSpecification.http(URI.create(words[1]))]
            def sinks = Sinks.open(settings, java.nio.file.Path.of(words[0]), dev.converge.output.Samples.TYPES, Duration.ofHours(1), new SinkSpecification.Said(), SinkSpecification.SOON)
            for (int number = words[2] as int; number < 999; number++) {
                sinks.report(SinkSpecification.news(number))
                println SinkSpecification.id(number)
            }
        }
    }
}
