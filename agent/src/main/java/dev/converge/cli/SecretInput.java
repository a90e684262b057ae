package dev.converge.cli;

import dev.converge.provider.Command;
import dev.converge.provider.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard input that holds a secret: what is typed at a terminal is not seen there. */
final class SecretInput {
    private static final int LARGEST = 1 << 20;

    private final Terminal terminal;
    private final Commands commands;

    SecretInput(Terminal terminal, Commands commands) {
        this.terminal = terminal;
        this.commands = commands;
    }

    /** One line from a terminal, all that there is from anything else. */
    String read(String prompt) throws IOException, InterruptedException {
        if (!terminal.asksPerson()) {
            return new String(terminal.in().readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
        String device = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
        Thread restore = new Thread(() -> echoAgain(device), "echo");
        Runtime.getRuntime().addShutdownHook(restore);
        try {
            commands.run(Command.of("stty", "-F", device, "-echo"));
            terminal.complain(prompt);
            return terminal.line().orElse("");
        } finally {
            terminal.complain("\n");
            echoAgain(device);
            Runtime.getRuntime().removeShutdownHook(restore);
        }
    }

    private void echoAgain(String device) {
        try {
            commands.run(Command.of("stty", "-F", device, "echo"));
        } catch (IOException e) {
            terminal.complain("Your terminal does not show what you type. Run: stty echo\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
