package dev.converge.cli;

import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.report.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Starts Converge: reads the command line, runs the command, and says in one line when something unexpected happened. */
public final class Main {
    private static final int REFUSED = 1;

    private Main() {}

    public static void main(String[] args) {
        // A manifest's toUpperCase and String.format must not depend on who runs it: the same commit, the same catalog.
        Locale.setDefault(Locale.ROOT);
        // The parser's library prints to it; all that concerns a user is said by diagnostics, on a stream of their own.
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        System.exit(run(List.of(args), Terminal.ofProcess()));
    }

    /** The same in this process, as another program would see it; returns the exit status. */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        return run(List.of(args), Terminal.piped(in, out, err));
    }

    private static int run(List<String> words, Terminal streams) {
        boolean verbose = words.contains(Option.VERBOSE.word());
        Terminal terminal = words.contains(Option.NO_COLOR.word()) ? streams.withoutColor() : streams;
        int status = status(words, terminal, verbose);
        Optional<IOException> lost = terminal.failure();
        if (lost.isEmpty()) {
            return status;
        }
        terminal.complain("converge: The output cannot be written. "
                + IoReason.of(lost.get()).sentence() + "\n");
        return status == 0 ? REFUSED : status;
    }

    private static int status(List<String> words, Terminal terminal, boolean verbose) {
        try {
            return command(Arguments.parse(words), terminal).run();
        } catch (Failure e) {
            DiagnosticPrinter printer =
                    new DiagnosticPrinter(e::lines, terminal.errStyle().color());
            terminal.complain(printer.print(e.diagnostics()));
        } catch (IOException e) {
            terminal.complain("converge: " + IoReason.of(e).sentence() + "\n");
        } catch (UncheckedIOException e) {
            terminal.complain("converge: " + IoReason.of(e.getCause()).sentence() + "\n");
        } catch (InterruptedException e) {
            terminal.complain("converge: interrupted\n");
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
            bug(e, verbose, terminal);
        }
        return REFUSED;
    }

    private static Command command(Arguments arguments, Terminal terminal) {
        if (arguments.has(Option.HELP)) {
            return () -> say(Help.of(arguments.command(), terminal.outStyle()), terminal);
        }
        if (arguments.has(Option.VERSION)) {
            return () -> say("converge " + version() + "\n", terminal);
        }
        return switch (arguments.command()) {
            case CONVERGE -> new ConvergeCommand(arguments, terminal, System.nanoTime());
            case COMPILE -> new CompileCommand(arguments, terminal);
            case RENDER -> new RenderCommand(arguments, terminal);
            case SERVE -> new ServeCommand(arguments, terminal);
            case EXPLAIN -> new ExplainCommand(arguments, terminal);
            case INSPECT -> new InspectCommand(arguments, terminal);
            case RESTORE -> new RestoreCommand(arguments, terminal, System.nanoTime());
            case FACT_LIST -> new FactsCommand(arguments, terminal);
            case REPORT -> new ReportCommand(arguments, terminal);
            case DATA -> new DataCommand(arguments, terminal);
            case LOOKUP -> new LookupCommand(arguments, terminal);
            case MODULE -> new ModuleCommand(arguments, terminal);
            case AGENT -> new AgentCommand(arguments, terminal);
            case COMPLETION -> () -> say(Help.completion(), terminal);
        };
    }

    private static int say(String text, Terminal terminal) {
        terminal.print(text);
        return 0;
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }

    private static void bug(Throwable thrown, boolean verbose, Terminal terminal) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        String more = verbose ? "" : " (--verbose prints the whole trace)";
        terminal.complain("converge: this is a bug in Converge: " + thrown + where + more + "\n");
        if (verbose) {
            thrown.printStackTrace(terminal.err());
            terminal.err().flush();
        }
    }

    /** One thing that Converge does. */
    interface Command {
        /** @return the exit status */
        int run() throws IOException, InterruptedException;
    }
}
