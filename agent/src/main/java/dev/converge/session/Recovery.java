package dev.converge.session;

import dev.converge.converger.Debts;
import dev.converge.converger.Journal;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Catalog;
import dev.converge.model.ResourceId;
import dev.converge.report.IoReason;
import dev.converge.report.Run;
import dev.converge.report.RunKind;
import dev.converge.state.EarlierRuns;
import dev.converge.state.JournalFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a run makes of what earlier ones have left: it clears it away, makes up for it, and says so. */
final class Recovery {
    private static final int NAMED = 5;

    private final Settings settings;
    private final EarlierRuns earlier;
    private final Journal journal;
    private final Optional<Diagnostic> unread;

    private Recovery(Settings settings, EarlierRuns earlier, Journal journal, Optional<Diagnostic> unread) {
        this.settings = settings;
        this.earlier = earlier;
        this.journal = journal;
        this.unread = unread;
    }

    /** Reads what is left; the caller holds the lock, or only looks. */
    static Recovery begin(Settings settings, Run run) {
        JournalFolder journals = new JournalFolder(settings.state());
        EarlierRuns earlier = EarlierRuns.NONE;
        Optional<Diagnostic> unread = Optional.empty();
        try {
            earlier = isDry(settings) ? journals.endedEarlier() : journals.earlier();
        } catch (IOException e) {
            unread = Optional.of(Diagnostic.warning(
                            Code.STATE,
                            "A journal was not read",
                            IoReason.of(e).sentence() + " What an earlier run left undone is not made up for.")
                    .suggest("Look into " + settings.state().path() + "/journal."));
        }
        Journal journal = isDry(settings) ? Journal.silent() : journals.begin(run, settings.debtor(), earlier);
        return new Recovery(settings, earlier, journal, unread);
    }

    private static boolean isDry(Settings settings) {
        return settings.kind() == RunKind.DRY_RUN;
    }

    Journal journal() {
        return journal;
    }

    /** What the run has to make up for. What another manifest owes is left to it; what nobody declares any more is let go. */
    Debts debts(Catalog catalog) {
        Debts debts = earlier.debts();
        return debts.isEmpty() ? debts : debts.less(dropped(catalog));
    }

    /** Those of resources that were there when an earlier run of the same site began, and are not any more. */
    private Debts dropped(Catalog catalog) {
        return earlier.debtsOf(settings.debtor()).without(catalog);
    }

    /** Whether this run makes up for one that did not come to its end. */
    boolean isAfterKill() {
        return !isDry(settings) && !earlier.killed().isEmpty();
    }

    /** Removes the temporary files of killed runs, and tells of those runs. */
    List<Diagnostic> clear(Catalog catalog) {
        List<Diagnostic> told = new ArrayList<>();
        unread.ifPresent(told::add);
        if (earlier.journals().isEmpty()) {
            return told;
        }
        Leftovers leftovers =
                isDry(settings) ? Leftovers.NONE : Leftovers.remove(earlier.temporaries(), settings.root());
        Debts dropped = dropped(catalog);
        if (!earlier.killed().isEmpty()) {
            told.add(killed(leftovers, earlier.debts().less(dropped), catalog));
        }
        if (!dropped.refreshes().isEmpty()) {
            told.add(Diagnostic.warning(
                    Code.UNFINISHED_RUN,
                    "A refresh is not made up for",
                    listed(dropped.refreshes()) + " should have been refreshed by an earlier run, and is not declared"
                            + " any more."));
        }
        return told;
    }

    private Diagnostic killed(Leftovers leftovers, Debts debts, Catalog catalog) {
        String runs = earlier.killed().stream()
                .map(run -> run.run() + (run.command().isEmpty() ? "" : " (" + run.command() + ")"))
                .collect(Collectors.joining(", "));
        StringBuilder detail = new StringBuilder("It did not come to its end: " + runs + ".");
        if (!debts.unfinished().isEmpty()) {
            detail.append(" It was at ").append(listed(debts.unfinished())).append('.');
        }
        detail.append(refreshes(debts, catalog));
        detail.append(leftovers.sentence());
        String summary = earlier.killed().size() == 1 ? "An earlier run was killed" : "Earlier runs were killed";
        return Diagnostic.warning(Code.UNFINISHED_RUN, summary, detail.toString());
    }

    private String refreshes(Debts debts, Catalog catalog) {
        Debts foreign = debts.without(catalog);
        Debts own = debts.less(foreign);
        String text = "";
        if (!own.refreshes().isEmpty()) {
            text = (isDry(settings) ? " The next live run refreshes " : " This run refreshes ")
                    + listed(own.refreshes()) + ", which it owed.";
        }
        return foreign.refreshes().isEmpty()
                ? text
                : text + " It owes " + listed(foreign.refreshes()) + " a refresh, which is left to it.";
    }

    private static String listed(Collection<ResourceId> ids) {
        String first = ids.stream().limit(NAMED).map(ResourceId::toString).collect(Collectors.joining(", "));
        return ids.size() > NAMED ? first + " and " + (ids.size() - NAMED) + " more" : first;
    }
}
