package dev.converge.language

import dev.converge.diagnostic.Code
import java.nio.file.Files
import java.nio.file.Path
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.Phases
import spock.lang.Specification
import spock.lang.TempDir

/** A manifest can do nothing but declare: attempts to do more, none of which compiles or leaves a trace. */
class SandboxSpec extends Specification {
    @TempDir
    Path folder

    /** What an attempt would make. */
    Path canary

    SiteFolder site

    def setup() {
        canary = folder.resolve('canary')
        site = new SiteFolder(folder.resolve('site'))
    }

    def cleanup() {
        assert !Files.exists(canary)
        assert System.getProperty('canary') == null
    }

    def "not allowed: #attempt"() {
        given:
        site.manifest(placed(attempt))

        when:
        def compiled = site.compile()

        then:
        compiled.value().empty
        Code.FORBIDDEN in compiled.diagnostics()*.code()

        where:
        attempt << attempts('forbidden')
    }

    def "means nothing: #attempt"() {
        given:
        site.manifest(placed(attempt))

        when:
        def compiled = site.compile()

        then:
        compiled.value().empty
        compiled.diagnostics().every { it.code() != Code.BUG }

        where:
        attempt << attempts('refused')
    }

    def "not allowed in a template: #attempt"() {
        given:
        site.manifest("notice('n') { message template('t.txt', given: 1) }").write('templates/t.txt', "<% ${placed(attempt)} %>")

        when:
        def compiled = site.compile()

        then:
        compiled.value().empty
        compiled.diagnostics().any { it.code() == Code.FORBIDDEN && it.at().get().file() == 'templates/t.txt' }

        where:
        attempt << attempts('forbidden').findAll { !(it =~ /notice|widget|include|node|facts|secret|^(class|import|@|enum|interface|trait|record)|\{.*;|main|part0|at\(/) }.indexed().findAll { it.key % 4 == 0 }.values()
    }

    def "the second wall sees in byte code: #code"() {
        given:
        def unit = new CompilationUnit()
        unit.addSource('X.groovy', code)
        unit.compile(Phases.CLASS_GENERATION)

        when:
        def found = ByteCodeCheck.forbidden(unit.classes.collectEntries { [it.name, it.bytes] }, SiteFolder.TYPES)

        then:
        found.contains(seen)

        where:
        code                                                              || seen
        '@groovy.transform.CompileStatic class X { File f = ["/x"] }'     || 'java.io.File'
        '@groovy.transform.CompileStatic class X { def x() { [] as File } }' || 'java.io.File'
        '@groovy.transform.CompileStatic class X { Thread t = new Thread() }' || 'java.lang.Thread'
        '@groovy.transform.CompileStatic class X { def x() { System.exit(1) } }' || 'java.lang.System'
        '@groovy.transform.CompileStatic class X { def x() { "x".execute() } }' || 'org.codehaus.groovy.runtime.ProcessGroovyMethods'
        '@groovy.transform.CompileStatic class X { Class c = "java.io.File" }' || 'java.lang.Class'
        'class X { def x(y) { y.execute() } }'                             || 'invoke execute'
        'class X { def x(y) { y.text } }'                                  || 'getProperty'
    }

    private String placed(String attempt) {
        attempt.replace('CANARY', canary.toString()).replace('; class', '\nclass').replace('exit; ', 'exit\n').replace('.*; ', '.*\n')
    }

    private static List<String> attempts(String kind) {
        SandboxSpec.getResource("/sandbox/${kind}.txt").readLines('UTF-8')
    }
}
