package dev.converge.command;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * What commands that only look have answered in this run: the same question is asked once, until something changes.
 * Only successes are kept, for a failure may mean that a service is still to be started.
 */
final class Answers {
    /** All that an answer depends on; secrets in their clear form, which is never shown. */
    private record Question(
            List<String> words, Map<String, String> environment, Optional<Path> directory, Optional<String> user) {
        @Override
        public String toString() {
            return "a question";
        }
    }

    private final ConcurrentMap<Question, CommandResult> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<Question, Object> locks = new ConcurrentHashMap<>();

    private Answers() {}

    static Answers of(Host host) throws IOException, InterruptedException {
        return host.database(Answers.class, ignored -> new Answers());
    }

    /** Asks, or waits for one who asks the same. */
    CommandResult ask(Command command, Host host) throws IOException, InterruptedException {
        Question question = new Question(
                command.argv().stream().map(word -> word.reveal()).toList(),
                command.environment().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().reveal())),
                command.directory(),
                command.user());
        synchronized (locks.computeIfAbsent(question, ignored -> new Object())) {
            CommandResult before = known.get(question);
            if (before != null) {
                return before;
            }
            CommandResult result = host.commands().run(command);
            if (result.succeeded()) {
                known.put(question, result);
            }
            return result;
        }
    }
}
