package dev.converge.converger;

import dev.converge.model.ResourceId;
import dev.converge.provider.Backups;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Commands;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host as it is given to a provider for one turn: the run's own host, which remembers what is done through it.
 * Databases are read with the run's host, for they are everybody's.
 */
final class TurnHost implements Host, Commands {
    /** A report is no place for the log of a loop. */
    private static final int MOST = 1000;

    private final Host host;
    private final Optional<ResourceId> alone;
    private final Journal journal;
    private final Deadline deadline;
    private final Optional<TurnHost> whole;
    private List<CommandRun> log = List.of();

    private TurnHost(
            Host host, Optional<ResourceId> alone, Journal journal, Deadline deadline, Optional<TurnHost> whole) {
        this.host = host;
        this.alone = alone;
        this.journal = journal;
        this.deadline = deadline;
        this.whole = whole;
    }

    /** For what is done for the run as a whole. */
    static TurnHost ofRun(Host host, Journal journal) {
        return new TurnHost(host, Optional.empty(), journal, Deadline.NONE, Optional.empty());
    }

    /**
     * For one turn of the run that this one is for.
     *
     * @param one the resource whose turn it is, when it is one alone
     * @param end when what it runs has to be over
     */
    TurnHost ofTurn(Optional<ResourceId> one, Deadline end) {
        return new TurnHost(host, one, journal, end, Optional.of(this));
    }

    /** The programs that were run so far. */
    synchronized List<CommandRun> log() {
        return List.copyOf(log);
    }

    @Override
    public Path root() {
        return host.root();
    }

    @Override
    public Commands commands() {
        return this;
    }

    /** When its time is up, a turn does nothing more: nobody waits for it, and the next run may be under way. */
    private void requireTime() {
        if (deadline.isOver()) {
            throw new ResourceFailure("There was no time left for what was to be done next.");
        }
    }

    @Override
    public Backups backups() {
        requireTime();
        Backups backups = host.backups();
        return alone.isPresent() ? backups.by(alone.get()) : backups;
    }

    @Override
    public CommandResult run(Command command) throws IOException, InterruptedException {
        long began = System.nanoTime();
        CommandResult result = host.commands().run(inTime(command));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        log(new CommandRun(command.toString(), result.exit(), took, result.timedOut()));
        return result;
    }

    private Command inTime(Command command) {
        requireTime();
        boolean tooLong = deadline.exists() && deadline.left().compareTo(command.timeout()) < 0;
        return tooLong ? command.timeout(deadline.left()) : command;
    }

    private synchronized void log(CommandRun run) {
        if (log.isEmpty()) {
            log = new ArrayList<>();
        }
        if (log.size() < MOST) {
            log.add(run);
        }
    }

    @Override
    public void check(Command command) throws IOException, InterruptedException {
        host.commands().check(command);
    }

    @Override
    public void noteTemporary(Path real) throws IOException {
        journal.temporary(real);
    }

    @Override
    public <T> T database(Class<T> type, DatabaseReader<T> reader) throws IOException, InterruptedException {
        return host.database(type, whole.isPresent() ? new ForAll<>(reader, whole.get()) : reader);
    }

    /** Whoever asks first for a database has it read for all, and the run has it logged. */
    private record ForAll<T>(DatabaseReader<T> reader, TurnHost whole) implements DatabaseReader<T> {
        @Override
        public T read(Host ignored) throws IOException, InterruptedException {
            return reader.read(whole);
        }
    }

    @Override
    public void invalidate(Class<?> database) {
        host.invalidate(database);
    }

    @Override
    public void invalidateAll() {
        host.invalidateAll();
    }
}
