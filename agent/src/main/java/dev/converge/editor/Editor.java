package dev.converge.editor;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The program that an author edits with.
 *
 * @param command a line of shell, as git(1) takes it: {@code code --wait}
 * @param searchPath where its program is looked for
 */
public record Editor(String command, String searchPath) {
    /** What a shell says of a program that it does not find. */
    private static final int NOT_FOUND = 127;

    /** Keep copies of what they edit in files of their own, beside it or at home. */
    private static final List<String> VIM = List.of("vim", "nvim");

    private static final List<String> VIM_WITHOUT_COPIES =
            List.of("-n", "-i", "NONE", "-c", "silent! set nobackup nowritebackup noundofile noswapfile");

    /** The one that this environment names. */
    public static Editor of(Map<String, String> environment) {
        String command = "vi";
        for (String name : List.of("EDITOR", "VISUAL")) {
            command = environment.getOrDefault(name, "").isBlank() ? command : environment.get(name);
        }
        return new Editor(command, environment.getOrDefault("PATH", "/usr/bin:/bin"));
    }

    /**
     * Lets the author edit a file, and returns when the editor is closed.
     *
     * @throws ResourceFailure when the editor cannot be started, or says that it failed
     */
    public void edit(Path file) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", command + " \"$@\"", command));
        if (isVim()) {
            words.addAll(VIM_WITHOUT_COPIES);
        }
        words.add(file.toString());
        int exit = run(new ProcessBuilder(words).inheritIO());
        if (exit == NOT_FOUND) {
            throw new ResourceFailure(
                    "The editor \"" + command + "\" is not installed.", "Name yours: export EDITOR=nano");
        }
        if (exit != 0) {
            throw new ResourceFailure(
                    "The editor \"" + command + "\" ended with status " + exit + ", so nothing was written.",
                    "Edit again, and leave the editor in its usual way.");
        }
    }

    /** A terminal's Ctrl-C goes to the editor and to this process: it is meant for the editor. */
    private static int run(ProcessBuilder builder) throws IOException, InterruptedException {
        SignalHandler before = Signal.handle(new Signal("INT"), signal -> {});
        try {
            Process process = builder.start();
            Thread end = new Thread(process::destroy, "end of the editor");
            Runtime.getRuntime().addShutdownHook(end);
            try {
                return process.waitFor();
            } finally {
                process.destroy();
                Runtime.getRuntime().removeShutdownHook(end);
            }
        } finally {
            Signal.handle(new Signal("INT"), before);
        }
    }

    private boolean isVim() throws IOException {
        String program = command.strip().split("\\s+")[0];
        for (String folder : program.startsWith("/") ? List.of("") : List.of(searchPath.split(":"))) {
            Path file = Path.of(folder + "/" + program);
            if (Files.isExecutable(file)) {
                String name = file.toRealPath().getFileName().toString();
                return VIM.stream().anyMatch(name::startsWith);
            }
        }
        return false;
    }
}
