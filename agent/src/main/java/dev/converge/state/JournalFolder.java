package dev.converge.state;

import dev.converge.report.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Where journals are: those of runs that owe something, and of the one that goes on, in the folder itself, and the
 * latest of all others in {@code ended/}. So a run that owes nothing finds out by one look at a short list.
 */
public final class JournalFolder {
    static final String SUFFIX = ".jsonl";

    private static final String ENDED = "ended";

    private static final LatestFiles KEPT = new LatestFiles(50, 64L << 20);

    private final Path folder;

    public JournalFolder(StateDirectory state) {
        this.folder = state.journals();
    }

    /** What earlier runs left, for one that holds the lock: whoever else had it is gone. */
    public EarlierRuns earlier() throws IOException {
        List<String> names = names(folder);
        return names.isEmpty() ? EarlierRuns.NONE : sum(read(names));
    }

    /** The same for a dry run, which holds no lock: a run that may still go on is left out. */
    public EarlierRuns endedEarlier() throws IOException {
        List<String> names = names(folder);
        if (names.isEmpty()) {
            return EarlierRuns.NONE;
        }
        List<PastJournal> open = read(names);
        open.removeIf(journal -> !journal.isEnded() && journal.isOfLiveProcess());
        return sum(open);
    }

    /** By hand: every run comes here, and nearly always there is nothing. */
    private static List<String> names(Path folder) {
        String[] found = new File(folder.toString()).list();
        if (found == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (String name : found) {
            if (name.endsWith(SUFFIX)) {
                names.add(name);
            }
        }
        return names;
    }

    private List<PastJournal> read(List<String> names) throws IOException {
        List<PastJournal> open = new ArrayList<>();
        for (String name : names) {
            open.add(PastJournal.read(folder.resolve(name)));
        }
        open.sort(Comparator.comparingLong(PastJournal::number).thenComparing(PastJournal::run));
        return open;
    }

    private static EarlierRuns sum(List<PastJournal> open) {
        Ledger ledger = new Ledger();
        open.forEach(ledger::add);
        return new EarlierRuns(
                open.stream().map(PastJournal::file).toList(),
                open.stream()
                        .filter(journal -> !journal.isEnded())
                        .map(journal -> new EarlierRuns.Killed(
                                journal.run(), journal.debtor().command()))
                        .toList(),
                ledger.debts(),
                ledger.owners(),
                ledger.temporaries(),
                open.stream().mapToLong(PastJournal::number).max().orElse(0));
    }

    /**
     * The journals of runs that were killed, whether or not a later run has made up for them.
     *
     * @param known runs that need not be looked at
     */
    List<PastJournal> killed(Set<String> known) throws IOException {
        List<PastJournal> killed = new ArrayList<>();
        for (Path of : List.of(folder, folder.resolve(ENDED))) {
            for (String name : names(of)) {
                if (!known.contains(name.substring(0, name.length() - SUFFIX.length()))) {
                    killed.add(PastJournal.read(of.resolve(name)));
                }
            }
        }
        killed.removeIf(journal -> journal.isEnded() || journal.isOfLiveProcess());
        return killed;
    }

    /** A journal that is made when there is something to write. */
    public RunJournal begin(Run run, Debtor debtor, EarlierRuns earlier) {
        return new RunJournal(this, folder.resolve(run.id() + SUFFIX), run, debtor, earlier);
    }

    /** Puts journals aside that nobody has to read any more; without those that are gone. */
    void close(List<Path> journals) throws IOException {
        Path ended = StateDirectory.make(folder.resolve(ENDED));
        for (Path journal : journals) {
            if (Files.exists(journal)) {
                Files.move(journal, ended.resolve(journal.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        KEPT.keep(ended, "*" + SUFFIX);
    }
}
