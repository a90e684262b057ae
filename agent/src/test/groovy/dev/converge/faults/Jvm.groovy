package dev.converge.faults

import dev.converge.cli.Main
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.CRC32
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

/** Starts Converge as a process of its own in a quarter of a second: from jars, with a class-data archive, as the launcher does. */
final class Jvm {
    private static final List<String> OPTIONS = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData', '-Xlog:disable', '-Xshare:auto']
    private static final String NOT_OURS = /.*(spock|junit|archunit|surefire|opentest4j|apiguardian|byte-buddy|hamcrest).*/

    private final List<String> start

    private Jvm(List<String> start) {
        this.start = start
    }

    /** @param training arguments of a run that loads the classes that the archive shall have */
    static Jvm in(Path folder, List<String> training) {
        def entries = System.getProperty('java.class.path').tokenize(':').findAll { !(it =~ NOT_OURS) && !it.endsWith('test-classes') }
        def jars = entries.collect { Path.of(it) }.findAll { Files.exists(it) }.withIndex()
            .collect { entry, number -> Files.isDirectory(entry) ? jar(entry, folder.resolve("${number}.jar")) : entry }
        def java = ["${System.getProperty('java.home')}/bin/java" as String] + OPTIONS
        def program = ['-cp', jars.join(':'), Main.name]
        Path archive = folder.resolve('classes.jsa')
        Path classes = folder.resolve('classes')
        def ended = new Jvm(java + "-XX:DumpLoadedClassList=$classes".toString() + program).run(training)
        assert ended.exit == 0 : ended.said
        // With G1 whatever runs later uses, as the launcher does it; a dump at exit crashes JDK 17.
        new Jvm([java[0], '-Xshare:dump', "-XX:SharedClassListFile=$classes".toString(), "-XX:SharedArchiveFile=$archive".toString(), '-XX:+UseG1GC', '-Xlog:disable'] + program).run([])
        new Jvm(java + "-XX:SharedArchiveFile=$archive".toString() + program)
    }

    private static Path jar(Path classes, Path jar) {
        new ZipOutputStream(Files.newOutputStream(jar)).withCloseable { zip ->
            Files.walk(classes).withCloseable { it.filter { path -> Files.isRegularFile(path) }.sorted().toList() }.each {
                byte[] bytes = Files.readAllBytes(it)
                def sum = new CRC32()
                sum.update(bytes)
                def entry = new ZipEntry(classes.relativize(it).toString())
                entry.method = ZipEntry.STORED
                entry.size = bytes.length
                entry.crc = sum.value
                zip.putNextEntry(entry)
                zip.write(bytes)
            }
        }
        jar
    }

    /** How a process ended; {@code said} is all that it printed. */
    static final class Ended {
        int exit
        String said

        /** Whether it was killed, as itself or as the child of the program that watched it. */
        boolean isKilled() {
            exit == 137
        }
    }

    List<String> command(List<String> arguments) {
        start + arguments
    }

    /** @param watched the words of a program that starts it, such as strace */
    Ended run(List<String> arguments, List<String> watched = []) {
        def process = new ProcessBuilder(watched + command(arguments)).redirectErrorStream(true).start()
        process.outputStream.close()
        String said = process.inputStream.getText('UTF-8')
        new Ended(exit: process.waitFor(), said: said)
    }
}
