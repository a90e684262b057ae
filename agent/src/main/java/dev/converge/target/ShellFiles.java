package dev.converge.target;

import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step.RewriteFile;
import dev.converge.firstboot.Step.WriteFile;
import dev.converge.model.Content;
import dev.converge.model.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Files as lines of sh(1): text so that it can be read, all else in base64. */
final class ShellFiles {
    private static final int COLUMNS = 76;
    private static final String NEW_MODE = "0644";
    private static final String NEW_SECRET_MODE = "0600";

    private ShellFiles() {}

    static List<String> of(WriteFile step) {
        List<String> lines = new ArrayList<>();
        String mode =
                step.content().filter(content -> !content.secrets().isEmpty()).isPresent() ? NEW_SECRET_MODE : NEW_MODE;
        if (step.content().isEmpty()) {
            lines.add("touched " + ShellSteps.word(step.path()) + " " + mode);
        } else {
            lines.addAll(written(step, step.content().get(), mode));
        }
        ShellSteps.own(step.path(), step.ownership(), false).ifPresent(lines::add);
        return lines;
    }

    static List<String> of(RewriteFile step) {
        List<String> lines = new ArrayList<>();
        String line = "rewrite " + ShellSteps.word(step.path()) + " "
                + Quoted.always(step.newMode().orElse("")) + " making";
        if (!step.validate().isEmpty()) {
            lines.add(checking(step.validate()));
            line += " check";
        }
        lines.add("making() { " + ShellCommands.main(step.program()) + "; }");
        lines.addAll(ShellCommands.within(step.program(), line));
        return lines;
    }

    /** A file of root's, that everybody may read. */
    static List<String> put(Path path, Content content) {
        return of(new WriteFile(path, Optional.of(content), Ownership.root(NEW_MODE), true));
    }

    private static List<String> written(WriteFile step, Content content, String mode) {
        List<String> lines = new ArrayList<>();
        String check = "";
        if (!step.validate().isEmpty()) {
            lines.add(checking(step.validate()));
            check = " check";
        }
        if (!step.replace()) {
            lines.add("if [ ! -e " + ShellSteps.word(step.path()) + " ]; then");
        }
        lines.add(put(ShellSteps.word(step.path()) + " " + mode + check, content.bytes()));
        if (!step.replace()) {
            lines.add("fi");
        }
        return lines;
    }

    /** What stands for the path is {@code $1}. */
    private static String checking(List<String> words) {
        return words.stream()
                .map(word -> Arrays.stream(word.split("%", -1))
                        .map(part -> part.isEmpty() ? "" : Quoted.word(part))
                        .collect(Collectors.joining("\"$1\"")))
                .collect(Collectors.joining(" ", "check() { ", "; }"));
    }

    private static String put(String words, byte[] bytes) {
        Optional<String> text = Content.decode(bytes).filter(ShellFiles::isReadable);
        if (bytes.length == 0) {
            return "put " + words + " < /dev/null";
        }
        if (text.isEmpty()) {
            String lines = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(bytes);
            return "put -b " + words + " << 'END'\n" + lines + "\nEND";
        }
        boolean whole = text.get().endsWith("\n");
        String end = end(text.get());
        return "put " + (whole ? "" : "-n ") + words + " << '" + end + "'\n" + text.get() + (whole ? "" : "\n") + end;
    }

    /** What a shell keeps, and an editor shows. */
    private static boolean isReadable(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    }

    private static String end(String text) {
        List<String> lines = text.lines().toList();
        String end = "END";
        for (int number = 2; lines.contains(end); number++) {
            end = "END" + number;
        }
        return end;
    }

    /** As chmod(1) takes it: without a letter it would look at the umask, and a folder would keep its set-id bits. */
    static String mode(Mode mode, boolean folder) {
        if (!mode.isSymbolic()) {
            return (folder ? "0" : "") + mode;
        }
        return Arrays.stream(mode.toString().split(","))
                .map(clause -> clause.matches("[-+=].*") ? "a" + clause : clause)
                .collect(Collectors.joining(","));
    }
}
