package dev.converge.git

import dev.converge.ResourceSpecification
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.provider.Backups
import dev.converge.provider.Host
import groovy.transform.SelfType
import java.nio.file.Files
import java.nio.file.Path

/** A repository with two versions, two branches and real Git on the other side, and the place of its checkout. */
@SelfType(ResourceSpecification)
trait GitCheckouts {
    /** Of the spec's own, for the repository, the checkout and what else a test makes. */
    abstract Path getFolder()

    Path origin
    Path place
    String first
    List<Path> kept = Collections.synchronizedList([])

    def setup() {
        origin = Files.createDirectory(folder.resolve('app.git'))
        place = Files.createDirectory(folder.resolve('srv')).resolve('app')
        git('init', '-q', '-b', 'main')
        first = commit('one', ['readme': 'version 1\n', 'bin/run': '#!/bin/sh\n'])
        git('tag', '-a', 'v1', '-m', 'version 1')
        git('branch', 'stable')
        commit('two', ['readme': 'version 2\n', 'docs/new': 'new\n'])
        git('tag', 'v2')
    }

    String git(String... words) {
        def command = ['git', '-c', 'user.name=t', '-c', 'user.email=t@example.com', '-C', origin as String] + (words as List)
        def process = new ProcessBuilder(command).redirectErrorStream(true).start()
        def output = process.inputStream.text
        assert process.waitFor() == 0 : output
        output.trim()
    }

    String commit(String message, Map<String, String> files) {
        files.each { name, text ->
            Files.createDirectories(origin.resolve(name).parent)
            Files.writeString(origin.resolve(name), text)
            origin.resolve(name).toFile().executable = name.startsWith('bin/')
        }
        git('add', '-A')
        git('commit', '-q', '-m', message)
        git('rev-parse', 'HEAD')
    }

    GitCheckoutType schema() {
        new GitCheckoutType()
    }

    Host newHost() {
        new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { Path path -> kept << path } as Backups)
    }

    GitCheckoutResource app(Map given) {
        resource(place, [repository: origin as String] + given)
    }

    String readme() {
        Files.readString(place.resolve('readme'))
    }

    void inPlace(String script) {
        def command = "git() { command git -c safe.directory='*' -c user.name=t -c user.email=t@x \"\$@\"; }; cd $place && $script"
        def process = new ProcessBuilder('sh', '-c', command as String).redirectErrorStream(true).start()
        def output = process.inputStream.text
        assert process.waitFor() == 0 : output
    }
}
