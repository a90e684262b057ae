package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Timeout

/** {@code converge module test} as users start it: the specs run in a second process, which has Spock. */
@Timeout(120)
class TestingProcessSpec extends CliSpecification {
    private static final String FOR_TESTS = /.*(spock|junit|opentest4j|apiguardian|byte-buddy|hamcrest).*/

    /** The exit status of the specs with this feature in them. */
    private int test(String feature) {
        def site = Path.of(site("notice 'x'\n"))
        Files.createDirectories(site.resolve('test'))
        Files.writeString(site.resolve('test/EndSpec.groovy'), "class EndSpec extends dev.converge.testing.ManifestSpec {\n$feature\n}\n")
        def (tests, own) = System.getProperty('java.class.path').tokenize(':').split { it =~ FOR_TESTS }
        def libraries = Files.createDirectories(folder.resolve('testing'))
        tests.each { Files.createSymbolicLink(libraries.resolve(Path.of(it).fileName), Path.of(it)) }
        def process = new ProcessBuilder("${System.getProperty('java.home')}/bin/java", '-XX:TieredStopAtLevel=1', "-Dconverge.testing=$libraries",
            "-Djava.io.tmpdir=${Files.createDirectories(folder.resolve('tmp'))}", '-cp', own.join(':'), Main.name,
            'module', 'test', '--state-dir', "$folder/state", "$site")
            .redirectError(folder.resolve('err').toFile()).start()
        process.outputStream.close()
        out = process.inputStream.getText('UTF-8')
        assert process.waitFor(60, TimeUnit.SECONDS)
        err = folder.resolve('err').toFile().getText('UTF-8')
        process.exitValue()
    }

    def "a spec that ends the process is no success: #end"() {
        expect:
        test("def 'ends'() { expect: $end }") == 4
        err.contains('The specs ended their process')
        err.contains('test/*Spec.groovy')

        where:
        end << ['System.exit(0)', 'System.exit(3)', 'Runtime.runtime.halt(0)']
    }

    def "a run to its end has the status of its tests: #feature"() {
        expect:
        test(feature) == status
        !err.contains('ended their process')
        folder.resolve('tmp').toFile().list().toList().findAll { it.startsWith('converge') } == []

        where:
        feature                        | status
        "def 'a'() { expect: true }"   | 0
        "def 'a'() { expect: 1 == 2 }" | 4
        'def broken('                  | 1
    }
}
