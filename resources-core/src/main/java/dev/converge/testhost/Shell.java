package dev.converge.testhost;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs the machine's own programs for test hosts, each to its end. */
public final class Shell {
    private static final long LIMIT_SECONDS = 300;
    private static final long RETRY_NANOS = 20_000_000_000L;
    private static final List<String> FOLDERS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    /** How a program ended: both of its outputs as one. */
    public static final class Ended {
        private final int exit;
        private final String output;

        private Ended(int exit, String output) {
            this.exit = exit;
            this.output = output;
        }

        public int getExit() {
            return exit;
        }

        public String getOutput() {
            return output;
        }

        public boolean isOk() {
            return exit == 0;
        }

        @Override
        public String toString() {
            return "exit " + exit + "\n" + output;
        }
    }

    private Shell() {}

    public static Ended run(List<?> command) {
        return run(command, Map.of());
    }

    /** @throws IllegalStateException when it does not end in time */
    public static Ended run(List<?> command, Map<String, String> environment) {
        List<String> words = words(command);
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "still running after " + LIMIT_SECONDS + " s: " + String.join(" ", words));
            }
            return new Ended(process.exitValue(), output.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + String.join(" ", words), e);
        }
    }

    private static String all(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    static List<String> words(List<?> command) {
        return command.stream().map(String::valueOf).toList();
    }

    public static String must(List<?> command) {
        return must(command, Map.of());
    }

    /** What it printed; fails when the program fails. */
    public static String must(List<?> command, Map<String, String> environment) {
        Ended ended = run(command, environment);
        if (!ended.isOk()) {
            throw new IllegalStateException(String.join(" ", words(command)) + ": " + ended);
        }
        return ended.getOutput();
    }

    /** Again until it succeeds, for what a process that has just ended may still hold; given up in the end. */
    public static boolean retry(BooleanSupplier done) {
        long deadline = System.nanoTime() + RETRY_NANOS;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(20);
        }
        return true;
    }

    /** Before one looks again whether something has happened. */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public static boolean has(String program) {
        return FOLDERS.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
