package dev.converge.cli;

import dev.converge.output.Style;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a command prints: results to one stream, diagnostics and progress to the other.
 *
 * @param in what a person types, or another program hands over
 * @param out results
 * @param err diagnostics and progress
 * @param outStyle how results look
 * @param errStyle how diagnostics look
 * @param progress whether somebody watches {@code err}, so that a progress line makes sense
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, Style outStyle, Style errStyle, boolean progress) {

    /** Streams that nobody watches. */
    static Terminal piped(InputStream in, PrintStream out, PrintStream err) {
        return new Terminal(in, out, err, Style.plain(), Style.plain(), false);
    }

    /** The streams of this process. */
    static Terminal ofProcess() {
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        boolean unicode = charset.equals(StandardCharsets.UTF_8) && !Boolean.getBoolean("converge.ascii");
        boolean colors =
                System.getenv().getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(System.getenv("TERM"));
        boolean watched = isTerminal(2);
        return new Terminal(
                System.in,
                ResultStream.to(FileDescriptor.out, charset),
                ResultStream.to(FileDescriptor.err, charset),
                new Style(colors && isTerminal(1), unicode),
                new Style(colors && watched, unicode),
                watched && !"dumb".equals(System.getenv("TERM")));
    }

    /** Asked of the kernel: the JDK only tells whether both standard input and output are a terminal. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | RuntimeException e) {
            return System.console() != null;
        }
    }

    Terminal withoutColor() {
        return new Terminal(
                in, out, err, new Style(false, outStyle.unicode()), new Style(false, errStyle.unicode()), progress);
    }

    /** Prints results at once, so that a reader sees them while the run goes on. */
    void print(String text) {
        out.print(text);
        out.flush();
    }

    /** Whether somebody sits there and types. */
    @SuppressWarnings("ReferenceEquality") // Streams are equal when they are the same.
    boolean asksPerson() {
        return in == System.in && isTerminal(0);
    }

    /** One line that was typed; empty when there is no more. No byte of the next one is taken. */
    Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }

    /** Why results are lost, as far as that is known; a reader that went away is no reason. */
    Optional<IOException> failure() {
        out.flush();
        return out instanceof ResultStream results ? results.failure() : Optional.empty();
    }

    void complain(String text) {
        err.print(errStyle.fit(text));
        err.flush();
    }
}
