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

    /** Runs this program there, on the same terminal; its exit status. */
    static int run(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("converge.") || name.startsWith("picocli."))
                .sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.add("-cp");
        command.add(System.getProperty("java.class.path") + libraries());
        command.add(Main.class.getName());
        command.addAll(words);
        Process process = new ProcessBuilder(command).inheritIO().start();
        Thread end = new Thread(() -> end(process), "end of the specs");
        Runtime.getRuntime().addShutdownHook(end);
        int status = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(end);
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
