package dev.converge.watch

import com.sun.jna.Function
import com.sun.jna.Memory
import dev.converge.model.Catalog
import java.nio.file.Path
import spock.lang.Isolated

/** No more files can be opened in this process: what is not watched is told of, and watched as soon as it can be. */
@Isolated
class WatchLimitsSpec extends WatchSpecification {
    private static final int NOFILE = 7
    private final Memory usual = new Memory(16)

    def setup() {
        assert Function.getFunction('c', 'getrlimit').invokeInt([NOFILE, usual] as Object[]) == 0
    }

    def cleanup() {
        allow(usual.getLong(0))
    }

    private void allow(long files) {
        def limit = new Memory(16)
        limit.setLong(0, files)
        limit.setLong(8, usual.getLong(8))
        assert Function.getFunction('c', 'setrlimit').invokeInt([NOFILE, limit] as Object[]) == 0
    }

    /** Nothing can be loaded while no file can be opened. */
    private void warm(Catalog catalog) {
        [WatchSettings.USUAL, WatchSettings.USUAL.folders(1)].each {
            open(Path.of('/'), it).watch(catalog)
            watch.close()
        }
    }

    def "an agent that cannot watch files says so, and watches them before its next run of all"() {
        given:
        sh('mkdir a; echo x > a/x')
        def catalog = catalog("file('$folder/a/x') { content 'x' }")
        warm(catalog)

        when:
        allow(3)
        open()
        def told = watch.watch(catalog)*.summary()
        allow(usual.getLong(0))

        then:
        told == ['Files are not watched']

        when:
        told = watch.watch(catalog)*.summary()
        sh('echo z > a/x')

        then:
        told == []
        moved(["$folder/a/x" as String] as Set) == ["$folder/a/x" as String] as Set
    }

    def "a tree into which it cannot look is told of, and watched before its next run of all"() {
        given:
        sh('mkdir -p t/1/2 src')
        def catalog = catalog("directory('$folder/t') {\n source '$folder/src'\n recurse true\n}")
        warm(catalog)
        open()

        when:
        allow(3)
        def told = watch.watch(catalog)*.summary()
        allow(usual.getLong(0))

        then:
        told == ['Not all can be watched']

        when:
        told = watch.watch(catalog)*.summary()
        sh('echo z > t/1/2/f')

        then:
        told == []
        moved(["$folder/t" as String] as Set) == ["$folder/t" as String] as Set
    }
}
