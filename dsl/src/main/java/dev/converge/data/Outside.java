package dev.converge.data;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.SourceRange;
import dev.converge.process.Permissions;
import dev.converge.provider.Commands;
import dev.converge.provider.ResourceFailure;
import java.nio.file.Path;
import java.util.List;

/**
 * What levels may ask besides files. Compiling somebody's site must not start programs or reach the network for him:
 * the programs and servers that sites may ask are listed on the machine that compiles.
 *
 * @param commands runs the programs
 * @param list the file that lists them: on each line a program's path or a server's address
 */
public record Outside(Commands commands, Path list) {
    /** The file of a machine. */
    public static final Path LIST = Path.of("/etc/converge/data.sources");

    /** Where nothing outside is asked. */
    public static final Outside NONE = new Outside(
            command -> {
                throw new ResourceFailure("Programs are not run here.");
            },
            Path.of("/dev/null"));

    /**
     * Fails unless this machine lets sites ask it.
     *
     * @param source a program's path or a server's address
     * @param at the level
     */
    void require(String source, SourceRange at) {
        if (!listed(at).contains(source)) {
            throw DataFailure.at(
                    at,
                    "Not permitted",
                    "This machine does not let sites ask " + source + ": it is not in " + list + ".",
                    "If you trust what it answers, add it: echo '" + source.replace("'", "'\\''") + "' >> " + list);
        }
    }

    private List<String> listed(SourceRange at) {
        Checked<List<String>> lines = Permissions.in(list, Code.DATA);
        return lines.value()
                .orElseThrow(() -> new DataFailure(lines.diagnostics().get(0).at(at)));
    }
}
