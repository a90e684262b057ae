package dev.converge.install

import dev.converge.git.GitServer
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

/** Modules from repositories that git's own program serves over HTTP. */
abstract class ModuleInstallation extends Specification {
    @TempDir
    Path folder
    Path repositories
    Path site
    @AutoCleanup
    GitServer server

    def setup() {
        repositories = Files.createDirectories(folder.resolve('repositories'))
        site = Files.createDirectories(folder.resolve('site'))
        System.setProperty('converge.modules', folder.resolve('shipped').toString())
        server = new GitServer(repositories)
    }

    /** Commits a version of a module and tags it. */
    protected String release(String name, String version, String more = '', Map<String, String> files = [:], String tag = "v$version") {
        def work = repositories.resolve(name)
        if (!Files.exists(work)) {
            Files.createDirectories(work)
            git(work, 'init', '-q', '-b', 'main')
        }
        ([('module.yaml'): "name: $name\nversion: $version\n$more".toString(), 'src/readme.txt': "$name $version".toString()] + files).each { path, text ->
            Files.createDirectories(work.resolve(path).parent)
            Files.writeString(work.resolve(path), text)
        }
        git(work, 'add', '-A')
        git(work, 'commit', '-q', '-m', version)
        if (tag) {
            git(work, 'tag', '-f', tag)
        }
        git(work, 'rev-parse', 'HEAD')
    }

    protected static String git(Path folder, String... words) {
        def process = new ProcessBuilder(['git', '-c', 'user.name=t', '-c', 'user.email=t@example.com'] + (words as List)).directory(folder.toFile()).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0: said
        said.trim()
    }

    protected void list(Map<String, String> modules) {
        Files.writeString(site.resolve('converge.modules.yaml'), 'modules:\n' + modules.collect { name, how -> "  $name: $how\n" }.join(''))
    }

    protected String git(String name) {
        server.url("$name/.git")
    }

    protected install(Fetching fetching = Fetching.WHAT_IS_MISSING) {
        new ModuleInstaller(folder.resolve('cache'), fetching).install(site)
    }

    protected List<String> installed(Fetching fetching = Fetching.WHAT_IS_MISSING) {
        def done = install(fetching)
        assert done.diagnostics().findAll { it.error } == []
        done.value().get().collect { "${it.name()} ${it.version()} ${it.changed() ? 'new' : 'kept'}".toString() }
    }

    protected String wrong(Fetching fetching = Fetching.WHAT_IS_MISSING) {
        def done = install(fetching)
        assert done.value().empty
        done.diagnostics().collect { "${it.at().map { at -> at.toString() }.orElse('-')} ${it.summary()}: ${it.detail()} ${it.suggestion().orElse('')}" }.join('\n')
    }

    protected void removeInstalled() {
        site.resolve('.converge').toFile().deleteDir()
    }

    protected void removeCache() {
        folder.resolve('cache').toFile().deleteDir()
    }
}
