package dev.converge.variable;

import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;

/**
 * An environment variable that every login shell gets: a file of its own in {@code /etc/profile.d}.
 *
 * @param name what the variable is called, such as {@code EDITOR}
 * @param value its exact value; nothing in it needs quoting
 * @param folder where login shells look for such files
 */
@ResourceType(name = "variable", provider = VariableProvider.class, example = """
                variable('EDITOR') {
                    value 'vim'
                }
                """)
public record VariableResource(
        @Id VariableName name,
        String value,

        @Parameter @Default("/etc/profile.d") @AutoRequire("directory")
        Path folder)
        implements Resource {

    /** Where it is kept, as the host sees it. */
    Path file() {
        return folder.resolve("converge-" + name + ".sh");
    }
}
