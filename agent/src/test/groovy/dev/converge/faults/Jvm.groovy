package dev.converge.faults

import dev.converge.cli.Main
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.CRC32
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

/** Starts Converge as a process of its own in half a second: from jars, with a class-data archive, as the launcher does. */
final class Jvm {
    /** Compiling little: it takes tens of thousands of calls of the kernel, at each of which strace stops the process. */
    private static final List<String> OPTIONS = [
        '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:CompileThresholdScaling=10', '-XX:-UsePerfData', '-Xlog:disable', '-Xshare:auto',
    ]
    private static final String NOT_OURS = /.*(spock|junit|archunit|surefire|opentest4j|apiguardian|byte-buddy|hamcrest).*/

    private static final String SIGNATURE = /META-INF\/(MANIFEST\.MF|[^\/]*\.(SF|RSA|DSA|EC))$/

    private final List<String> start

    private Jvm(List<String> start) {
        this.start = start
    }

    /** @param training arguments of runs, of which the last one loads the classes that the archive shall have */
    static Jvm in(Path folder, List<List<String>> training) {
        def entries = System.getProperty('java.class.path').tokenize(':').findAll { !(it =~ NOT_OURS) && !it.endsWith('test-classes') }
        def jars = entries.collect { Path.of(it) }.findAll { Files.exists(it) }.withIndex()
            .collect { entry, number -> jar(entry, folder.resolve("${number}.jar")) }
        def java = ["${System.getProperty('java.home')}/bin/java" as String] + OPTIONS
        def program = ['-cp', jars.join(':'), Main.name]
        Path archive = folder.resolve('classes.jsa')
        Path classes = folder.resolve('classes')
        training.each {
            def ended = new Jvm(java + "-XX:DumpLoadedClassList=$classes".toString() + program).run(it)
            assert ended.exit == 0 : ended.said
        }
        // With G1 whatever runs later uses, as the launcher does it; a dump at exit crashes JDK 17.
        new Jvm([java[0], '-Xshare:dump', "-XX:SharedClassListFile=$classes".toString(), "-XX:SharedArchiveFile=$archive".toString(), '-XX:+UseG1GC', '-Xlog:disable'] + program).run([])
        new Jvm(java + "-XX:SharedArchiveFile=$archive".toString() + program)
    }

    /** What classes are in, as a jar without signatures: the archive takes none from a signed one. */
    private static Path jar(Path classes, Path jar) {
        if (Files.isDirectory(classes)) {
            zip(classes, jar)
            return jar
        }
        def opened = FileSystems.newFileSystem(classes)
        try {
            boolean signed = Files.isDirectory(opened.getPath('/META-INF')) &&
                Files.list(opened.getPath('/META-INF')).withCloseable { it.anyMatch { file -> file.toString().endsWith('.SF') } }
            if (!signed) {
                return classes
            }
            zip(opened.getPath('/'), jar)
            jar
        } finally {
            opened.close()
        }
    }

    private static void zip(Path top, Path jar) {
        new ZipOutputStream(Files.newOutputStream(jar)).withCloseable { zip ->
            Files.walk(top).withCloseable { it.filter { path -> Files.isRegularFile(path) && !(path =~ SIGNATURE) }.sorted().toList() }.each {
                byte[] bytes = Files.readAllBytes(it)
                def sum = new CRC32()
                sum.update(bytes)
                def entry = new ZipEntry(top.relativize(it).toString())
                entry.method = ZipEntry.STORED
                entry.size = bytes.length
                entry.crc = sum.value
                zip.putNextEntry(entry)
                zip.write(bytes)
            }
        }
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
