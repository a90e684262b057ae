package dev.converge.archive

import dev.converge.ResourceSpecification
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.provider.Backups
import dev.converge.provider.Host
import groovy.transform.SelfType
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest

/** Two trees, archives that the system's own tar makes of them, and the place where one is unpacked. */
@SelfType(ResourceSpecification)
trait Archives {
    /** Of the spec's own, for trees, archives and what else a test makes. */
    abstract Path getFolder()

    Path place
    List<Path> kept = Collections.synchronizedList([])

    def setup() {
        place = Files.createDirectory(folder.resolve('opt')).resolve('app')
        tree('app-1', [readme: 'version 1\n', 'bin/app': '#!/bin/sh\n', 'lib/data': 'data', 'docs/old': 'old'])
        tree('app-2', [readme: 'version 2\n', 'bin/app': '#!/bin/sh\n', 'lib/more': 'more'])
    }

    void tree(String name, Map<String, String> files) {
        files.each { path, text ->
            Path file = folder.resolve("in/$name/$path")
            Files.createDirectories(file.parent)
            Files.writeString(file, text)
            file.toFile().setExecutable(path.startsWith('bin/'), false)
        }
        Files.createSymbolicLink(folder.resolve("in/$name/bin/start"), Path.of('app'))
        Files.createSymbolicLink(folder.resolve("in/$name/share"), Path.of('./lib'))
        Files.createLink(folder.resolve("in/$name/copy"), folder.resolve("in/$name/readme"))
    }

    Path pack(String tree, String options = 'z', String name = "$tree-${options ?: 'plain'}.tar") {
        Path archive = folder.resolve(name)
        run('tar', *(options.startsWith('--') ? [options] : options ? ["-$options"] : []), '-C', "$folder/in", '-cf', archive, tree)
        archive
    }

    void run(Object... command) {
        def process = new ProcessBuilder(command.collect { it as String }).redirectErrorStream(true).start()
        def output = process.inputStream.text
        assert process.waitFor() == 0 : output
    }

    ArchiveType schema() {
        new ArchiveType()
    }

    Host newHost() {
        new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { Path path -> kept << path } as Backups)
    }

    ArchiveResource app(Path archive, Map given = [:]) {
        resource(place, [source: archive as String] + given)
    }

    String digest(Path file, String algorithm = 'SHA-256') {
        algorithm.replace('-', '').toLowerCase() + ':' + MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)).encodeHex()
    }

    String read(String name) {
        Files.readString(place.resolve(name))
    }

    List<String> names() {
        Files.walk(place).withCloseable { all -> all.toList().collect { place.relativize(it) as String }.sort() - '' }
    }
}
