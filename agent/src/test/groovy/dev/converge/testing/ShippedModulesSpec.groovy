package dev.converge.testing

import dev.converge.cli.CliSpecification
import java.nio.file.Files
import java.nio.file.Path

/** Each module that ships with Converge passes its own tests, and its README is true. */
class ShippedModulesSpec extends CliSpecification {
    static final Path MODULES = Path.of(System.getProperty('converge.modules'))
    static final List<String> NAMES = MODULES.toFile().list().toList().sort()

    def "#name passes its tests"() {
        expect:
        run('module', 'test', MODULES.resolve(name).toString()) == 0

        where:
        name << NAMES
    }

    def "the README of #name has its parameters as they are"() {
        given:
        def module = folder.resolve(name)
        copy(MODULES.resolve(name), module)

        expect:
        run('module', 'docs', module.toString()) == 0
        Files.readString(module.resolve('README.md')) == Files.readString(MODULES.resolve("$name/README.md"))

        where:
        name << NAMES
    }

    def "what the README of #name shows compiles: #first"() {
        given:
        Files.writeString(folder.resolve('converge.modules.yaml'), "modules:\n  $name:\n")
        Files.writeString(folder.resolve('site.groovy'), manifest)

        expect:
        converge('compile', folder.toString()) == 0

        where:
        [name, manifest] << NAMES.collectMany { module -> shown(module).collect { [module, it] } }
        first = manifest.readLines()[0]
    }

    private static List<String> shown(String module) {
        def text = Files.readString(MODULES.resolve("$module/README.md"))
        (text =~ /(?s)```groovy\n(.*?)```/).collect { it[1] as String }
    }

    private static void copy(Path from, Path to) {
        Files.walk(from).withCloseable { paths ->
            paths.forEach { Files.copy(it, to.resolve(from.relativize(it).toString())) }
        }
    }
}
