package dev.converge.host;

import dev.converge.model.Text;
import dev.converge.posix.ProcessGroup;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Commands;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs on this machine, or in a root folder on it through {@code chroot}: without a shell, in a session of
 * their own, so that none can ask at a terminal and each can be ended with all its children.
 */
public final class LocalCommands implements Commands {
    /** 128 + SIGKILL, as shells say it. */
    private static final int KILLED = 137;

    private final Path root;
    private final Optional<List<String>> entry;
    private final Running running = new Running();

    /** @param root the folder that is the host's {@code /} */
    public LocalCommands(Path root) {
        this.root = root;
        entry = Optional.empty();
    }

    /**
     * For a host that runs already, such as a container.
     *
     * @param root the folder that is the host's {@code /}
     * @param entry the words that lead a program into the host, such as {@code nsenter -t 4711 -a --}
     */
    public LocalCommands(Path root, List<String> entry) {
        this.root = root;
        this.entry = Optional.of(List.copyOf(entry));
    }

    /** Ends all that runs now, and whatever is still started: for a process that is about to end itself. */
    public void endAll() {
        running.end();
    }

    @Override
    public void check(Command command) throws IOException, InterruptedException {
        prepare(command);
    }

    @Override
    public CommandResult run(Command command) throws IOException, InterruptedException {
        return run(prepare(command), command);
    }

    private Invocation prepare(Command command) throws IOException, InterruptedException {
        Optional<RunAs> account =
                command.user().isPresent() ? Optional.of(account(command.user().get())) : Optional.empty();
        Invocation invocation = Invocation.of(command, account, root, entry);
        if (invocation.asAnother() && command.directory().isPresent()) {
            requireEntry(command);
        }
        return invocation;
    }

    /** The account from the host's own file, else from the machine's name service. */
    private RunAs account(String name) throws IOException, InterruptedException {
        Optional<RunAs> local = RunAs.find(root, name);
        if (local.isPresent()) {
            return local.get();
        }
        Command ask = Command.of("getent", "passwd", name);
        if (!Invocation.finds(ask, root)) {
            throw RunAs.unknown(name);
        }
        CommandResult entry = run(ask);
        return RunAs.parse(entry.succeeded() ? entry.output() : "").orElseThrow(() -> RunAs.unknown(name));
    }

    /** Root enters every folder and the account might not; only the account itself can tell. */
    private void requireEntry(Command command) throws IOException, InterruptedException {
        Path folder = command.directory().orElseThrow();
        String name = command.user().orElseThrow();
        if (!run(Command.of("/bin/sh", "-c", "cd \"$0\"", folder.toString()).user(name))
                .succeeded()) {
            throw RunAs.mayNotEnter(name, folder);
        }
    }

    private CommandResult run(Invocation invocation, Command command) throws IOException, InterruptedException {
        Process process = running.add(invocation.start());
        try {
            return outcome(process, command);
        } finally {
            running.remove(process);
        }
    }

    private CommandResult outcome(Process process, Command command) throws InterruptedException {
        OutputReader output = OutputReader.start(process.getInputStream(), process.pid());
        OutputReader errors = OutputReader.start(process.getErrorStream(), process.pid());
        command.input().ifPresent(input -> feed(process, input));
        boolean ended = waitFor(process, command.timeout());
        long end = System.nanoTime();
        output.finish(end);
        errors.finish(end);
        return new CommandResult(exit(process), output.text(), errors.text(), !ended);
    }

    /** A process that waits in the kernel, for a dead network disk perhaps, outlives even the last signal. */
    private static int exit(Process process) throws InterruptedException {
        return process.waitFor(2, TimeUnit.SECONDS) ? process.exitValue() : KILLED;
    }

    private static boolean waitFor(Process process, Duration timeout) throws InterruptedException {
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            ProcessGroup.end(process);
            throw e;
        }
        ProcessGroup.end(process);
        return false;
    }

    /** In a thread of its own: a program that does not read its input must still reach its time limit. */
    private static void feed(Process process, Text input) {
        Thread writer = new Thread(
                () -> {
                    try (OutputStream stdin = process.getOutputStream()) {
                        stdin.write(input.reveal().getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        // A program may end without reading all of its input; its exit status tells whether that is
                        // bad.
                        return;
                    }
                },
                "input of process " + process.pid());
        writer.setDaemon(true);
        writer.start();
    }
}
