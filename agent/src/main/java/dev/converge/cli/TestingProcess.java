package dev.converge.cli;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The process that specs run in: this program, with the libraries for tests on its class path. */
final class TestingProcess {
    private static final String SPECIFICATION = "spock.lang.Specification";
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx1g");
    private static final int GRACE_SECONDS = 60;

    private TestingProcess() {}

    static boolean isThis() {
        return TestingProcess.class.getClassLoader().getResource(SPECIFICATION.replace('.', '/') + ".class") != null;
    }

    /** What its specs have to leave behind: an exit status can be a spec's own, of a System.exit in what it tests. */
    private static final String UNFINISHED = "converge.testing.unfinished";

    /**
     * Runs this program there, on the same terminal.
     *
     * @return its exit status; empty when it ended before the specs did
     */
    static OptionalInt run(List<String> words) throws IOException, InterruptedException {
        Path unfinished = Files.createTempFile("converge-specs", ".unfinished");
        try {
            int status = run(words, unfinished);
            return Files.exists(unfinished) ? OptionalInt.empty() : OptionalInt.of(status);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Told there, when all specs have run or none could. */
    static void finished() throws IOException {
        String unfinished = System.getProperty(UNFINISHED);
        if (unfinished != null) {
            Files.deleteIfExists(Path.of(unfinished));
        }
    }

    private static int run(List<String> words, Path unfinished) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("converge.") || name.startsWith("picocli."))
                .sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.add("-D" + UNFINISHED + "=" + unfinished);
        command.add("-cp");
        command.add(System.getProperty("java.class.path") + libraries());
        command.add(Main.class.getName());
        command.addAll(words);
        Process process = new ProcessBuilder(command).inheritIO().start();
        Thread end = new Thread(() -> end(process), "end of the specs");
        Runtime.getRuntime().addShutdownHook(end);
        int status = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            end.join();
            Files.deleteIfExists(unfinished); // Who has ended this process knows why there are no results.
        }
        return status;
    }

    /** Who ends this process ends the other too, and waits until that has tidied up its hosts. */
    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Beside the folder of this program's own jars, or where {@code -Dconverge.testing} says. */
    private static String libraries() throws IOException {
        StringBuilder path = new StringBuilder();
        Path folder = folder();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
                jars.forEach(jar -> path.append(File.pathSeparatorChar).append(jar));
            }
        }
        if (path.length() == 0) {
            throw new Failure(
                    Diagnostic.error(Code.USAGE, "No libraries for tests", "There are no jars in " + folder + ".")
                            .suggest("Build Converge anew: its launcher puts Spock and JUnit there."));
        }
        return path.toString();
    }

    private static Path folder() {
        String given = System.getProperty("converge.testing");
        if (given != null) {
            return Path.of(given);
        }
        try {
            Path jar = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolveSibling("..").resolve("testing").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
