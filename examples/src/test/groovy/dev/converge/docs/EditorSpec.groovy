package dev.converge.docs

import dev.converge.Repository
import dev.converge.language.Declaring
import dev.converge.language.Reference
import dev.converge.schema.TypeRegistry
import groovy.lang.DelegatesTo
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.ZipFile
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

/** What an editor completes and shows is there: the words of every type, with where they come from and what they mean. */
class EditorSpec extends Specification {
    static final String SCRIPT = 'agent/src/main/dist/editor/converge.gdsl'
    static final Path GENERATED = Repository.path('resources-core/target/generated-sources/annotations')

    /** Made by "package", which runs after the tests of its own module and before those of this one. */
    static final File SOURCES_JAR = Repository.path('resources-core/target').toFile().listFiles().find { it.name.endsWith('-sources.jar') }

    @Shared
    TypeRegistry types = TypeRegistry.of(EditorSpec.classLoader)

    def "the script for IntelliJ has every type"() {
        expect:
        Repository.holds(SCRIPT, script())
    }

    private String script() {
        def text = Repository.text(SCRIPT)
        def list = { List<String> names -> names.sort().collect { "    '$it',\n" }.join('') }
        text.replaceFirst(/(?s)def declarations = \[\n.*?]/, "def declarations = [\n${list(types.declarationInterfaces() as List)}]")
            .replaceFirst(/(?s)def types = \[\n.*?]/, "def types = [\n${list(types.names() as List)}]")
    }

    def "it gives scripts and composites the words of every type, and their references"() {
        given:
        def editor = new EditorStub()

        when:
        editor.run(Repository.text(SCRIPT))

        then:
        editor.contributions*.context == [[scope: 'scripts'], [ctype: 'dev.converge.language.Composite']]
        editor.contributions.every { it.delegates as Set == (types.declarationInterfaces() + Declaring.name) as Set }
        editor.contributions.every { it.words.keySet() == types.names() as Set }
        editor.contributions*.words*.values().flatten().every { it.endsWith(", ${Reference.name}>") }
    }

    def "the braces of #type are typed, and each word in them says what it is for"() {
        given:
        def declarations = Class.forName(types.declarationInterfaces().find { it.endsWith(".${type.capitalize()}Declarations") })
        def braces = declarations.methods.findAll { it.name == type }*.parameterAnnotations.flatten().findAll { it instanceof DelegatesTo }
        def body = Files.readString(GENERATED.resolve(braces[0].value().name.replace('.', '/') + '.java'))

        expect:
        braces*.value().unique().size() == 1
        body.count('    /** ') == body.count('    public void ')

        where:
        type << TypeRegistry.of(EditorSpec.classLoader).names()
    }

    @Requires({ EditorSpec.SOURCES_JAR })
    def "the sources jar has them"() {
        expect:
        new ZipFile(SOURCES_JAR).withCloseable { jar ->
            types.declarationInterfaces().every { jar.getEntry("${it.replace('.', '/')}.java") }
        }
    }
}
