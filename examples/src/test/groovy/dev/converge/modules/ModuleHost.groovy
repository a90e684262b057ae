package dev.converge.modules

import dev.converge.Converge
import dev.converge.testhost.TestHost
import java.nio.file.Files
import tools.jackson.databind.json.JsonMapper

/** A booted host with a site on it that uses modules that ship with Converge. */
final class ModuleHost implements AutoCloseable {
    @Delegate(includes = ['run', 'attempt', 'path', 'install'])
    final TestHost machine = Converge.HERE.boot()

    private final List<String> modules

    ModuleHost(String... modules) {
        this.modules = modules as List
    }

    /** Converges the host with this manifest. */
    Converge.Ended converge(String manifest, String... options) {
        site(manifest)
        Converge.HERE.inside(machine, *options, '/root/site')
    }

    /** What the manifest wants a file to hold. */
    String content(String file, String manifest) {
        site(manifest)
        def compiled = Converge.HERE.inside(machine, 'compile', '/root/site')
        assert compiled.exit == 0 : compiled
        def catalog = new JsonMapper().readValue(compiled.out, Map)
        catalog.resources.find { it.id == "file[$file]" }.attributes.content
    }

    private void site(String manifest) {
        write('/root/site/converge.modules.yaml', "modules:\n${modules.collect { "  $it:\n" }.join()}")
        write('/root/site/site.groovy', manifest.stripIndent())
    }

    /** Converges it twice: the first run works, the second has nothing to do. */
    boolean settles(String manifest) {
        def first = converge(manifest)
        assert first.exit == 0
        def second = converge(manifest)
        assert second.exit == 0
        assert second.out.contains('changed 0, failed 0, skipped 0')
        true
    }

    void write(String file, Object text) {
        def to = path(file)
        Files.createDirectories(to.parent)
        Files.writeString(to, text.toString())
    }

    String read(String file) {
        Files.readString(path(file))
    }

    @Override
    void close() {
        machine.close()
    }
}
