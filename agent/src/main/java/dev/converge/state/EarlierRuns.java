package dev.converge.state;

import dev.converge.converger.Debts;
import dev.converge.model.ResourceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs whose journals are still open: killed ones, and ones that ended without having done all that they owed.
 *
 * @param journals their files, the oldest first
 * @param killed those of them that did not come to their end, as a person is told of them
 * @param debts what they all left to do, less what the later ones have made up for
 * @param owners per debt, the name of who has made it
 * @param temporaries paths that the killed ones may have left behind
 * @param latest the highest of their numbers; 0 when there are none
 */
public record EarlierRuns(
        List<Path> journals,
        List<Killed> killed,
        Debts debts,
        Map<ResourceId, String> owners,
        Set<Path> temporaries,
        long latest) {
    public static final EarlierRuns NONE = new EarlierRuns(List.of(), List.of(), Debts.NONE, Map.of(), Set.of(), 0);

    public EarlierRuns {
        journals = List.copyOf(journals);
        killed = List.copyOf(killed);
        owners = Map.copyOf(owners);
        temporaries = Set.copyOf(temporaries);
    }

    /** The debts that runs of one site, or of one command that is about none, have left. */
    public Debts debtsOf(Debtor debtor) {
        return debts.of(id -> debtor.name().equals(owners.get(id)));
    }

    /**
     * A run that did not come to its end.
     *
     * @param run its id
     * @param command what was started
     */
    public record Killed(String run, String command) {}
}
