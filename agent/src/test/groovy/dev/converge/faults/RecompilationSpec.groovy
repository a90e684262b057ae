package dev.converge.faults

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/**
 * A process that compiles one version of a manifest after another lets go of the old ones: classes, metaspace and heap
 * stay as large as they are. {@code -Dconverge.recompilations=1000} compiles more.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class RecompilationSpec extends Specification {
    static final int TIMES = Integer.getInteger('converge.recompilations', 60)
    static final long MIB = 1 << 20

    @TempDir
    Path folder

    def "what a changing manifest leaves behind is let go, #how"() {
        when:
        def held = recompile(cache)
        println "$TIMES recompilations $how: before and after: $held"

        then: 'far less than what is left when one version in ten is held'
        held.classes[1] - held.classes[0] < 60
        held.metaspace[1] - held.metaspace[0] < 1.5 * MIB
        held.heap[1] - held.heap[0] < 8 * MIB

        where:
        cache     | how
        []        | 'from source'
        ['cache'] | 'with a cache'
    }

    /** Soft references are cleared by each collection there, else they would look like a leak until memory gets scarce. */
    private Map<String, List<Long>> recompile(List<String> cache) {
        def process = new ProcessBuilder("${System.getProperty('java.home')}/bin/java", '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx256m',
            '-XX:SoftRefLRUPolicyMSPerMB=0', '-cp', System.getProperty('java.class.path'), Recompilations.name,
            TIMES as String, folder.resolve('site') as String, *cache.collect { folder.resolve(it) as String })
            .redirectError(ProcessBuilder.Redirect.INHERIT).start()
        def lines = process.inputStream.readLines()
        assert process.waitFor() == 0
        lines.collectEntries { [it.tokenize()[0], it.tokenize().drop(1)*.toLong()] }
    }
}
