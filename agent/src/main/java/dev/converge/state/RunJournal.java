package dev.converge.state;

import dev.converge.converger.Debts;
import dev.converge.converger.Journal;
import dev.converge.model.ResourceId;
import dev.converge.process.ThisProcess;
import dev.converge.provider.Change;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.IoReason;
import dev.converge.report.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The journal of the run that goes on, as lines of JSON. A run that changes nothing has none.
 *
 * <p>Each line is with the kernel before what it tells of is done, so a killed process loses none. A line is on the disk
 * before, too, when a loss of power would lose what it alone knows: a change that others have to be refreshed after. See
 * decision 21.
 */
public final class RunJournal implements Journal {
    private static final String SCHEMA = "converge.journal/1";

    private final JournalFolder folder;
    private final LineFile file;
    private final Run run;
    private final Debtor debtor;
    private final EarlierRuns earlier;

    /** Those of whom the disk knows that they have to be refreshed. */
    private final Set<ResourceId> known = new HashSet<>();

    /** The folder of the last temporary path, and where it is whatever links lead to it: most come one after another. */
    private Path folderSeen = Path.of("/");

    private Path folderReal = folderSeen;

    /** What happened after something was done: it is not undone for that, but told at the end. */
    private Optional<IOException> lost = Optional.empty();

    RunJournal(JournalFolder folder, Path path, Run run, Debtor debtor, EarlierRuns earlier) {
        this.folder = folder;
        this.file = new LineFile(path);
        this.run = run;
        this.debtor = debtor;
        this.earlier = earlier;
    }

    /** Goes out together with the next line: nothing is lost with it. */
    @Override
    public synchronized void planned(Change<?> change) {
        begin();
        file.hold(event("planned", change.id())
                .text("action", change.action().name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public synchronized void started(Change<?> change, List<ResourceId> notifies) {
        begin();
        JsonLine line = event("started", change.id());
        if (!notifies.isEmpty()) {
            line.texts("notifies", notifies);
        }
        try {
            file.write(line);
            if (!known.containsAll(notifies)) {
                file.sync();
                known.addAll(notifies);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    @Override
    public synchronized void done(ResourceId id) {
        tell(event("done", id));
    }

    /** Those that it notifies may be owed nothing now; whoever notifies them next says so on the disk again. */
    @Override
    public synchronized void failed(ResourceId id, List<ResourceId> notifies) {
        known.clear();
        JsonLine line = event("failed", id);
        tell(notifies.isEmpty() ? line : line.texts("notifies", notifies));
    }

    @Override
    public synchronized void refreshing(ResourceId id) {
        begin();
        tell(event("refreshing", id));
    }

    @Override
    public synchronized void refreshed(ResourceId id, List<ResourceId> notifies) {
        known.remove(id);
        JsonLine line = event("refreshed", id);
        tell(notifies.isEmpty() ? line : line.texts("notifies", notifies));
    }

    @Override
    public synchronized void temporary(Path real) {
        begin();
        try {
            file.write(event("temporary").text("path", withoutLinks(real).toString()));
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** A link on the way may be another one when the path is removed. */
    private Path withoutLinks(Path path) throws IOException {
        if (!path.getParent().equals(folderSeen)) {
            folderReal = Files.isDirectory(path.getParent()) ? path.getParent().toRealPath() : path.getParent();
            folderSeen = path.getParent();
        }
        return folderReal.resolve(path.getFileName());
    }

    /** Closes all journals whose debts are paid; what is left of them goes into the last line of this one. */
    @Override
    public synchronized void ended(Debts left) throws IOException {
        boolean news = file.isBegun() || !left.matches(earlier.debts());
        if (!news && !left.isEmpty() && earlier.killed().isEmpty()) {
            return;
        }
        List<Path> closed = new ArrayList<>(earlier.journals());
        if (file.isBegun() || !left.isEmpty()) {
            begin();
            tellOthers(left);
            file.write(event("ended").texts("unfinished", left.unfinished()).texts("owed", left.refreshes()));
            if (left.isEmpty()) {
                closed.add(file.path());
            } else {
                file.sync();
            }
        }
        file.close();
        if (!closed.isEmpty()) {
            folder.close(closed);
        }
        if (lost.isPresent()) {
            throw lost.get();
        }
    }

    /** What is left of another one's debts stays that one's. */
    private void tellOthers(Debts left) throws IOException {
        for (String owner : new TreeSet<>(earlier.owners().values())) {
            Debts its = left.of(id -> owner.equals(earlier.owners().get(id)));
            if (!owner.equals(debtor.name()) && !its.isEmpty()) {
                Set<ResourceId> debts = new LinkedHashSet<>(its.unfinished());
                debts.addAll(its.refreshes());
                file.write(event("left").text("owner", owner).texts("debts", debts));
            }
        }
    }

    private void begin() {
        if (!file.isBegun()) {
            JsonLine header = new JsonLine()
                    .text("schema", SCHEMA)
                    .text("run", run.id())
                    .number("number", earlier.latest() + 1)
                    .number("pid", ThisProcess.pid())
                    .number("began", System.currentTimeMillis())
                    .text("command", debtor.command());
            file.hold(
                    debtor.site().isEmpty()
                            ? header
                            : header.text("site", debtor.site().get()));
        }
    }

    private JsonLine event(String name, ResourceId id) {
        return event(name).text("id", id.toString());
    }

    private JsonLine event(String name) {
        return new JsonLine()
                .number("ms", System.currentTimeMillis() - run.started().toEpochMilli())
                .text("event", name);
    }

    private void tell(JsonLine line) {
        try {
            file.write(line);
        } catch (IOException e) {
            lost = lost.or(() -> Optional.of(e));
        }
    }

    private ResourceFailure notWritten(IOException failure) {
        IoReason reason = IoReason.of(failure);
        return new ResourceFailure(
                "The journal cannot be written, so nothing was changed: " + reason.sentence(),
                reason.advice().orElse("Make room for " + file.path() + "."));
    }
}
