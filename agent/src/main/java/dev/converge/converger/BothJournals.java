package dev.converge.converger;

import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Two journals that hear the same; the second hears nothing of what the first could not write down. */
record BothJournals(Journal first, Journal second) implements Journal {
    @Override
    public void planned(Change<?> change) throws IOException {
        first.planned(change);
        second.planned(change);
    }

    @Override
    public void started(Change<?> change, List<ResourceId> notifies) throws IOException {
        first.started(change, notifies);
        second.started(change, notifies);
    }

    @Override
    public void done(ResourceId id) throws IOException {
        first.done(id);
        second.done(id);
    }

    @Override
    public void failed(ResourceId id, List<ResourceId> notifies) {
        first.failed(id, notifies);
        second.failed(id, notifies);
    }

    @Override
    public void refreshing(ResourceId id) throws IOException {
        first.refreshing(id);
        second.refreshing(id);
    }

    @Override
    public void refreshed(ResourceId id, List<ResourceId> notifies) throws IOException {
        first.refreshed(id, notifies);
        second.refreshed(id, notifies);
    }

    @Override
    public void temporary(Path real) throws IOException {
        first.temporary(real);
        second.temporary(real);
    }

    @Override
    public void ended(Debts left) throws IOException {
        first.ended(left);
        second.ended(left);
    }
}
