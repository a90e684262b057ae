package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import java.util.jar.JarEntry
import java.util.jar.JarOutputStream
import javax.tools.ToolProvider
import spock.util.environment.RestoreSystemProperties

/** A module whose jar is built here, with javac and our annotation processor. */
@RestoreSystemProperties
class ModuleJarSpec extends CliSpecification {
    static final String RESOURCE = '''\
        package com.example.greet;

        import dev.converge.model.Resource;
        import dev.converge.provider.*;
        import dev.converge.schema.*;
        import java.io.IOException;
        import java.nio.file.Files;
        import java.nio.file.Path;
        import java.util.Optional;

        /**
         * A greeting in a file.
         *
         * @param path where it is
         * @param words what it says
         */
        @ResourceType(name = "greeting", provider = GreetingResource.InFile.class, example = "greeting('/tmp/hello') { words 'Hello' }")
        public record GreetingResource(@Id Path path, Optional<String> words) implements Resource {
            public static final class InFile implements Provider<GreetingResource> {
                @Override
                public Optional<GreetingResource> observe(GreetingResource desired, Host host) throws IOException {
                    Path real = host.path(desired.path());
                    return Files.exists(real)
                            ? Optional.of(new GreetingResource(desired.path(), Optional.of(Files.readString(real))))
                            : Optional.empty();
                }

                @Override
                public void apply(Change<GreetingResource> change, Host host) throws IOException {
                    Files.writeString(host.path(change.desired().path()), change.desired().words().orElse(""));
                }
            }
        }
        '''.stripIndent()
    static final String TEXT = '''\
        package com.example.greet;

        /** Functions for texts. */
        public final class GreetText implements dev.converge.language.Functions {
            public static String loud(CharSequence text) {
                return text.toString().toUpperCase(java.util.Locale.ROOT) + "!";
            }
        }
        '''.stripIndent()
    static final String FACTS = '''\
        package com.example.greet;

        import java.util.Map;
        import java.util.Optional;

        public final class GreetFacts implements dev.converge.facts.FactSource {
            @Override
            public Optional<Object> fact(String path) {
                return Optional.ofNullable(all().get(path));
            }

            @Override
            public Map<String, Object> all() {
                return Map.of("greeter", "Alice");
            }
        }
        '''.stripIndent()
    static final Map<String, String> SERVICES = [
        'META-INF/services/dev.converge.language.Functions': 'com.example.greet.GreetText\n',
        'META-INF/services/dev.converge.facts.FactSource': 'com.example.greet.GreetFacts\n',
    ]

    def setup() {
        permit(folder.toString())
    }

    private Path permit(String... lines) {
        def list = folder.resolve('module.jars')
        Files.writeString(list, lines.join('\n'))
        System.setProperty('converge.module.jars', list.toString())
        list
    }

    private void module(String name, Map<String, String> sources, Map<String, String> services = SERVICES) {
        def module = Files.createDirectories(folder.resolve("site/modules/$name/lib")).parent
        Files.writeString(module.resolve('module.yaml'), "name: $name\nversion: 1.0.0\n")
        def work = Files.createDirectories(folder.resolve("work-$name"))
        def files = sources.collect { type, text ->
            def file = work.resolve("src/com/example/greet/${type}.java")
            Files.createDirectories(file.parent)
            Files.writeString(file, text).toString()
        }
        def classes = Files.createDirectories(work.resolve('classes'))
        def said = new ByteArrayOutputStream()
        def options = ['-proc:full', '-d', classes.toString(), '-cp', System.getProperty('java.class.path')] + files
        if (Runtime.version().feature() < 21) {
            options.remove(0)
        }
        assert ToolProvider.systemJavaCompiler.run(null, null, said, options as String[]) == 0: said
        services.each { path, text ->
            Files.createDirectories(classes.resolve(path).parent)
            Files.writeString(classes.resolve(path), text)
        }
        jar(classes, module.resolve("lib/${name}.jar"))
    }

    private static void jar(Path classes, Path into) {
        new JarOutputStream(Files.newOutputStream(into)).withCloseable { out ->
            classes.toFile().eachFileRecurse { file ->
                if (file.file) {
                    out.putNextEntry(new JarEntry(classes.relativize(file.toPath()).toString()))
                    out << file.bytes
                    out.closeEntry()
                }
            }
        }
    }

    def "a jar brings a resource type, functions and facts"() {
        given:
        def target = folder.resolve('hello')
        def site = site("greeting('$target') { words GreetText.loud(\"hello \${facts['greeter']}\") }\n")
        module('greet', [GreetingResource: RESOURCE, GreetText: TEXT, GreetFacts: FACTS])

        expect:
        run(site) == 0
        Files.readString(target) == 'HELLO ALICE!'
        run('--detailed-exitcode', site) == 0
        converge('compile', site) == 0
        out.contains('"greeting"')
    }

    def "what is wrong with the use of a jar's type is told as of any other"() {
        given:
        def site = site("greeting('/tmp/x') { wrods 'x' }\n")
        module('greet', [GreetingResource: RESOURCE], [:])

        expect:
        converge('compile', site) == 1
        err.contains('site.groovy:1:22')
        err.contains('Did you mean "words"?')
    }

    def "two modules with a type of the same name are told"() {
        given:
        def site = site("notice 'x'\n")
        module('greet', [GreetingResource: RESOURCE], [:])
        module('other', [GreetingResource: RESOURCE], [:])

        expect:
        converge('compile', site) == 1
        err.contains('at modules/other/module.yaml:1:7')
        err.contains('The module other 1.0.0 brings a resource type greeting, which the module greet has too.')
    }

    def "a class that is named for functions and is none is told"() {
        given:
        def site = site("notice 'x'\n")
        module('greet', [GreetFacts: FACTS], ['META-INF/services/dev.converge.language.Functions': "$named\n".toString()])

        expect:
        converge('compile', site) == 1
        err.contains('at modules/greet/module.yaml:1:7')
        err.contains(said)

        where:
        named                          | said
        'com.example.greet.GreetFacts' | 'it does not implement dev.converge.language.Functions'
        'com.example.greet.Nowhere'    | 'it cannot be loaded'
    }

    def "specs of a module know the types of its jar"() {
        given:
        module('greet', [GreetingResource: RESOURCE], [:])
        def home = folder.resolve('site/modules/greet')
        def spec = Files.createDirectories(home.resolve('test')).resolve('GreetSpec.groovy')
        Files.writeString(spec, """\
            import dev.converge.testing.ManifestSpec

            class GreetSpec extends ManifestSpec {
                def "greets"() {
                    when:
                    compile {
                        file('/tmp/before') { content 'x' }
                        greeting('/tmp/hello') { words 'hello'; requires file['/tmp/before'] }
                    }

                    then:
                    contains greeting('/tmp/hello') { words '$wanted' }
                    orders file['/tmp/before'], greeting['/tmp/hello']
                }
            }
            """.stripIndent())

        permit()

        expect:
        run('module', 'test', home.toString()) == exit
        out.contains(said)

        where:
        wanted  || exit | said
        'hello' || 0    | '1 test: 1 passed'
        'bye'   || 4    | 'words: wanted bye, in the catalog hello'
    }

    def "a restore takes back what a type of a jar has changed, and another one takes that back"() {
        given:
        def target = Files.writeString(folder.resolve('hello'), 'by hand')
        def site = site("greeting('$target') { words 'by converge' }\n")
        module('greet', [GreetingResource: RESOURCE], [:])
        assert run(site) == 0
        assert Files.readString(target) == 'by converge'

        expect:
        run('restore', 'last') == 0
        Files.readString(target) == 'by hand'

        and:
        run('restore', 'last') == 0
        Files.readString(target) == 'by converge'
    }

    def "a restore without the site that had the jar brings back all else, and says what is missing"() {
        given:
        def target = Files.writeString(folder.resolve('hello'), 'by hand')
        def other = folder.resolve('other')
        def site = site("greeting('$target') { words 'by converge' }\nfile('$other') { content 'x' }\n")
        module('greet', [GreetingResource: RESOURCE], [:])
        assert run(site) == 0
        assert new File(site).deleteDir()

        expect:
        run('restore', 'last') == 4
        !Files.exists(other)
        err.contains("Resource types came from modules of $site, where there is no site any more.")
        out.contains('greeting') || err.contains('has no resource type "greeting"')
    }

    /** Leaves a mark as soon as anything loads its class: what must not happen for whoever only looks at a site. */
    private String marking() {
        """\
            package com.example.greet;
            public final class GreetText implements dev.converge.language.Functions {
                static { try { java.nio.file.Files.createFile(java.nio.file.Path.of("$folder/loaded")); } catch (java.io.IOException e) { throw new AssertionError(e); } }
                public static String loud(CharSequence text) { return text.toString(); }
            }
            """.stripIndent()
    }

    def "a jar that the machine has not permitted is not loaded by #command, whether the module is listed: #listed"() {
        given:
        def site = site("notice GreetText.loud('x')\n")
        module('greet', [GreetText: marking()])
        def module = folder.resolve('site/modules/greet')
        if (listed) {
            module = Files.move(folder.resolve('site/modules'), folder.resolve('elsewhere')).resolve('greet')
            Files.writeString(folder.resolve('site/converge.modules.yaml'), 'modules: { greet: { path: ../elsewhere/greet } }')
        }
        def list = folder.resolve('none')
        System.setProperty('converge.module.jars', list.toString())

        expect:
        (command[0].startsWith('--') ? run(*command, site) : converge(*command, site)) == 1
        err.contains("at ${listed ? module : 'modules/greet'}/module.yaml:1:7")
        err.contains('The module greet has Java code, ')
        err.contains("sha256sum '$module/lib/greet.jar' >> $list")
        !Files.exists(folder.resolve('loaded'))

        where:
        command                     | listed
        ['compile']                 | false
        ['compile']                 | true
        ['--dry-run']               | false
        ['lookup', 'x', '--site']   | false
    }

    def "a restore does not load a jar that the machine no longer permits"() {
        given:
        def site = site("file('$folder/x') { content GreetText.loud('x') }\n")
        module('greet', [GreetText: marking()])
        assert run(site) == 0
        Files.delete(folder.resolve('loaded'))
        permit()

        expect:
        run('restore', 'last') == 0
        !Files.exists(folder.resolve('x'))
        !Files.exists(folder.resolve('loaded'))
    }

    def "what the refusal advises permits the jar, until it is another: #permitted"() {
        given:
        def site = site("notice GreetText.loud('x')\n")
        module('greet', [GreetText: marking()])
        def jar = folder.resolve('site/modules/greet/lib/greet.jar')
        permit(permitted(jar))

        expect:
        converge('compile', site) == status
        Files.exists(folder.resolve('loaded')) == (status == 0)

        where:
        status | permitted
        0      | { file -> ['sha256sum', "$file"].execute().text }
        0      | { file -> "# ours\n${file.parent}" }
        0      | { file -> "${file.parent.parent.parent}/" }
        1      | { file -> '0' * 64 + "  $file" }
        1      | { file -> file.parent.toString()[0..-2] }
        1      | { file -> '/nowhere' }
    }

    def "a list that others may write permits nothing"() {
        given:
        def site = site("notice GreetText.loud('x')\n")
        module('greet', [GreetText: marking()])
        def list = permit(folder.toString())
        assert ['chmod', 'o+w', "$list"].execute().waitFor() == 0

        expect:
        converge('compile', site) == 1
        err.contains("Run: chmod go-w $list")
        !Files.exists(folder.resolve('loaded'))
    }
}
