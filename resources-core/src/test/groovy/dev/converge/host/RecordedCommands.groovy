package dev.converge.host

import dev.converge.provider.Command
import dev.converge.provider.CommandResult
import dev.converge.provider.Commands
import groovy.transform.CompileStatic

/** Runs what it is asked to, and remembers it as a person would type it. */
@CompileStatic
final class RecordedCommands implements Commands {
    private final Commands commands
    final List<String> ran = Collections.synchronizedList([])

    RecordedCommands(Commands commands) {
        this.commands = commands
    }

    @Override
    void check(Command command) {
        commands.check(command)
    }

    @Override
    CommandResult run(Command command) {
        def result = commands.run(command)
        ran << command.toString()
        result
    }
}
