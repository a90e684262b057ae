package dev.converge.agent;

import dev.converge.data.Outside;
import dev.converge.host.LiveFacts;
import dev.converge.host.LocalCommands;
import dev.converge.host.ModuleFacts;
import dev.converge.schema.TypeRegistry;
import dev.converge.state.StateDirectory;
import java.nio.file.Path;

/**
 * What the agent works on.
 *
 * @param root the folder that is the host's {@code /}
 * @param types the resource types of Converge
 * @param commands runs programs on the host
 * @param outside whom the data of a site may ask
 * @param state where the agent keeps what outlives it
 */
public record Machine(Path root, TypeRegistry types, LocalCommands commands, Outside outside, StateDirectory state) {
    LiveFacts facts(TypeRegistry known) {
        return new LiveFacts(root, commands, new ModuleFacts(known::loader));
    }
}
