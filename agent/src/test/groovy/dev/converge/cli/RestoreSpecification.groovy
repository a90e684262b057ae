package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path

/** A folder that runs change and restores take back. */
abstract class RestoreSpecification extends CliSpecification {
    Path home

    def setup() {
        home = Files.createDirectories(folder.resolve('home'))
    }

    protected int apply(String manifest) {
        run(site(manifest.replace('HOME', home as String)))
    }

    protected int restore(String... words) {
        run(*(['restore'] + (words as List)))
    }

    protected Path at(String name) {
        home.resolve(name)
    }

    protected String lastRun() {
        Files.list(folder.resolve('state/undo')).withCloseable { it.toList() }*.fileName*.toString().max() - '.jsonl'
    }

    protected static void write(Path home, String name, String text, String mode = 'rw-r--r--') {
        Path path = home.resolve(name)
        Files.createDirectories(path.parent)
        Files.writeString(path, text)
        Files.setPosixFilePermissions(path, java.nio.file.attribute.PosixFilePermissions.fromString(mode))
    }
}
