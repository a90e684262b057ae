package dev.converge.command;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.Required;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that only a vendor's command line knows: {@code test} or {@code get} tells how it is, {@code set} makes it
 * as it shall be, {@code remove} takes it away. Afterwards it is asked again, and what is still not as declared has
 * failed. Each command is a list of words that no shell reads. {@code test} and {@code get} only look: they run in dry
 * runs too, and the same words are asked once in a run until something changes, so one listing serves twenty resources.
 * Where no other type describes a state, this one costs at least one process; an {@code exec} is for what has no state.
 *
 * @param name what it is called in reports and references
 * @param test a command that succeeds when all is as it shall be; give this, or {@code get} with {@code expect} or
 *     {@code expectLine}
 * @param get a command that prints the state. It does not exist where the command fails or, with expect, prints nothing
 * @param expect what get shall print, white space around it left out
 * @param expectLine a line that get shall print among others, such as one name in a list; white space around it is left
 *     out
 * @param set the command that makes it so
 * @param remove the command for {@code ensure 'absent'}
 * @param refresh the command that runs when something that notifies it has changed; not when it was just created
 * @param user account that the commands run as; the one that runs Converge when left out
 * @param cwd folder that the commands start in; {@code /} when left out
 * @param environment variables to add. Every account of the host may see the words of a command: hand secrets over here
 * @param timeout how long one command may take; then it is stopped together with everything that it started
 * @param sensitive whether the output holds what nobody may see, so that neither reports nor messages quote it
 * @param state what get prints, or how test ended: follows from the attributes above
 */
@ResourceType(name = "command", provider = CommandProvider.class, creation = "set", example = """
                command('cluster web') {
                    get 'asadmin', 'list-clusters'
                    expectLine 'web'
                    set 'asadmin', 'create-cluster', 'web'
                    remove 'asadmin', 'delete-cluster', 'web'
                    user 'glassfish'
                }
                """)
public record CommandResource(
        @Id String name,
        @Parameter @AutoRequire({"file", "link", "pkg"}) Optional<List<Text>> test,
        @Parameter @AutoRequire({"file", "link", "pkg"}) Optional<List<Text>> get,
        @Parameter Optional<Text> expect,
        @Parameter Optional<Text> expectLine,

        @Parameter @Required @AutoRequire({"file", "link", "pkg"})
        Optional<List<Text>> set,

        @Parameter Optional<List<Text>> remove,
        @Parameter Optional<List<Text>> refresh,
        @Parameter @AutoRequire("user") Optional<String> user,
        @Parameter @AutoRequire({"directory", "link"}) Optional<Path> cwd,
        @Parameter Map<String, Text> environment,
        @Parameter @Default("5m") Duration timeout,
        @Parameter @Default("false") boolean sensitive,
        @Derived Optional<State> state)
        implements Resource {
    /** @throws InvalidValueException when it cannot be told whether it is as it shall be, or a command is none */
    public CommandResource {
        Stream.of(test, get, set, remove, refresh).flatMap(Optional::stream).forEach(CommandResource::requireWords);
        boolean expects = expect.isPresent() || expectLine.isPresent();
        InvalidValueException.when(
                test.isPresent() == expects,
                "A command needs one way to tell whether all is as it shall be: either \"test\", or \"get\" with"
                        + " \"expect\" or \"expectLine\".",
                "Give exactly one of test, expect and expectLine.");
        InvalidValueException.when(
                expect.isPresent() && expectLine.isPresent(),
                "Both \"expect\" and \"expectLine\" are given.",
                "Leave one of them out.");
        InvalidValueException.when(
                expects && get.isEmpty(),
                "No \"get\" prints what is expected.",
                "Give get, the command that prints the state.");
        InvalidValueException.when(
                timeout.isZero(),
                "\"timeout\" is zero: nothing could run.",
                "Write how long one command may take, such as '30m'.");
        state = state.or(() -> Optional.of(sensitive ? State.HIDDEN : State.wanted(expect, expectLine)));
    }

    private static void requireWords(List<Text> words) {
        InvalidValueException.when(
                words.isEmpty() || words.get(0).reveal().isEmpty(),
                "A command names no program.",
                "Write the program first, then its arguments.");
        InvalidValueException.when(
                words.size() == 1 && words.get(0).reveal().matches("(?s).*\\s.*"),
                "A command is one word with white space in it, and no shell will split it.",
                "Write one word per argument, such as set 'asadmin', 'create-cluster', 'web'.");
    }

    CommandResource with(State observed) {
        return new CommandResource(
                name,
                test,
                get,
                expect,
                expectLine,
                set,
                remove,
                refresh,
                user,
                cwd,
                environment,
                timeout,
                sensitive,
                Optional.of(observed));
    }

    /** Every secret that a command gets to know. */
    List<Secret> secrets() {
        Stream<Text> words = Stream.of(test, get, set, remove, refresh)
                .flatMap(Optional::stream)
                .flatMap(List::stream);
        Stream<Text> others = Stream.concat(
                environment.values().stream(), Stream.of(expect, expectLine).flatMap(Optional::stream));
        return Stream.concat(words, others)
                .flatMap(text -> text.secrets().stream())
                .toList();
    }
}
