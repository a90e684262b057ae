package dev.converge.source

import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path

/** A repository that people push to, made with the real git. */
@CompileStatic
final class GitRepository {
    final Path folder
    /** Options for git, such as those that make it sign. */
    List<String> options = []

    GitRepository(Path folder) {
        this.folder = Files.createDirectories(folder)
        git('init', '-q', '-b', 'main')
        git('config', 'uploadpack.allowAnySHA1InWant', 'true')
        git('config', 'receive.denyCurrentBranch', 'ignore')
    }

    String git(String... words) {
        def command = ['git', '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'protocol.file.allow=always',
                       '-C', folder as String] + options + (words as List<String>)
        def process = new ProcessBuilder(command).redirectErrorStream(true)
        process.environment().putAll(GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null')
        def started = process.start()
        def output = started.inputStream.text
        assert started.waitFor() == 0 : output
        output.trim()
    }

    String commit(Map<String, String> files, String... more) {
        files.each { name, text ->
            Files.createDirectories(folder.resolve(name).parent)
            Files.writeString(folder.resolve(name), text)
            if (name.startsWith('bin/')) {
                folder.resolve(name).toFile().executable = true
            }
        }
        git('add', '-A')
        git((['commit', '-q', '--allow-empty', '-m', 'a change'] + (more as List<String>)) as String[])
        head()
    }

    String head() {
        git('rev-parse', 'HEAD')
    }
}
