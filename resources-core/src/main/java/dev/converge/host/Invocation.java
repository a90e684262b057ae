package dev.converge.host;

import dev.converge.model.Text;
import dev.converge.provider.Command;
import dev.converge.provider.ResourceFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command as the operating system gets it: every program found, every prefix in its place.
 *
 * @param argv all words
 * @param environment the whole environment
 * @param directory where the process starts, as this machine sees it
 * @param asAnother whether it runs as another account
 * @param fed whether it gets something on its standard input
 */
record Invocation(List<String> argv, Map<String, String> environment, Path directory, boolean asAnother, boolean fed) {
    private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** How Java 17, and since then, says E2BIG. */
    private static final Pattern TOO_LONG = Pattern.compile("error(=|: )7\\b");

    /**
     * @param entry the words that lead a program into the root folder; {@code chroot} when empty
     * @throws ResourceFailure when the program or the folder is missing, or the account cannot be taken
     */
    static Invocation of(Command command, Optional<RunAs> account, Path root, Optional<List<String>> entry)
            throws IOException {
        boolean another = account.isPresent() && !account.get().isCurrent();
        Path inside = command.directory().orElse(Path.of("/"));
        Path directory = root.resolve(inside.toString().substring(1));
        if (!Files.isDirectory(directory)) {
            throw new ResourceFailure(
                    "The working directory " + inside + " does not exist.",
                    "Create it first, or correct its path; a directory resource with this path runs before.");
        }
        Map<String, String> environment = environment(command, account);
        String program = program(command, environment.get("PATH"), directory, root);
        List<String> argv = prefix(root, entry);
        if (another) {
            argv.addAll(account.get().prefix(root));
        }
        if (!isWholeMachine(root)) {
            argv.addAll(List.of("/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", inside.toString()));
        }
        argv.add(program);
        command.argv().stream().skip(1).map(Text::reveal).forEach(argv::add);
        return new Invocation(
                argv, environment, directory, another, command.input().isPresent());
    }

    private static boolean isWholeMachine(Path root) {
        return root.getNameCount() == 0;
    }

    /** {@code setsid} does not fork here, as a process that Java starts leads no group: its id becomes the group's. */
    private static List<String> prefix(Path root, Optional<List<String>> entry) {
        List<String> words = new ArrayList<>();
        machineTool("setsid").ifPresent(words::add);
        if (!isWholeMachine(root)) {
            words.addAll(entry.orElseGet(() -> chroot(root)));
        }
        return words;
    }

    private static List<String> chroot(Path root) {
        String program = machineTool("chroot")
                .orElseThrow(() -> new ResourceFailure(
                        "This machine has no chroot, which runs a command in " + root + ".", "Install coreutils."));
        return List.of(program, root.toString());
    }

    /** Whether the host has the program of a command that brings no search path of its own. */
    static boolean finds(Command command, Path root) {
        return search(command.argv().get(0).reveal(), SEARCH_PATH, root).isPresent();
    }

    private static Optional<String> machineTool(String name) {
        return search(name, SEARCH_PATH, Path.of("/"));
    }

    private static Map<String, String> environment(Command command, Optional<RunAs> account) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", SEARCH_PATH);
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", account.map(RunAs::home).orElseGet(() -> System.getProperty("user.home")));
        command.environment().forEach((name, value) -> environment.put(name, value.reveal()));
        return environment;
    }

    private static String program(Command command, String searchPath, Path directory, Path root) {
        Text word = command.argv().get(0);
        String name = word.reveal();
        if (name.indexOf('/') < 0) {
            return search(name, searchPath, root)
                    .orElseThrow(() -> new ResourceFailure(
                            "The program " + word + " is not in " + searchPath + ".",
                            "Install the package that brings it, or write its whole path."));
        }
        Path file = name.startsWith("/") ? root.resolve(name.substring(1)) : directory.resolve(name);
        if (isProgram(file, root)) {
            return name;
        }
        throw Files.isRegularFile(file)
                ? new ResourceFailure("The program " + word + " is not executable.", "Give it a mode such as '0755'.")
                : new ResourceFailure(
                        "The program " + word + " does not exist.", "Install the package that brings it.");
    }

    private static Optional<String> search(String name, String searchPath, Path root) {
        for (String folder : searchPath.split(":")) {
            if (folder.startsWith("/") && !name.isEmpty()) {
                Path file = root.resolve(folder.substring(1)).resolve(name);
                if (isProgram(file, root)) {
                    return Optional.of(folder + "/" + name);
                }
            }
        }
        return Optional.empty();
    }

    /** In a root folder an absolute link leads somewhere else than from here: the host itself will follow it. */
    private static boolean isProgram(Path file, Path root) {
        boolean leadsAway = !isWholeMachine(root) && Files.isSymbolicLink(file);
        return leadsAway || (Files.isRegularFile(file) && Files.isExecutable(file));
    }

    Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (!fed) {
            builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        }
        try {
            return builder.start();
        } catch (IOException e) {
            if (TOO_LONG.matcher(String.valueOf(e.getMessage())).find()) {
                throw new ResourceFailure(
                        "The command is longer than the kernel takes: 128 KiB for one word or variable, see execve(2).",
                        "Put the script into a file, or hand the text over on standard input.");
            }
            throw e;
        }
    }
}
