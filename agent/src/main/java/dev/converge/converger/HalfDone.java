package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.model.Resource;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Recovers;
import java.io.IOException;
import java.util.Optional;

/** What changes of one resource that have failed may have left on the host, in this run or an earlier one. */
final class HalfDone<R extends Resource> {
    private final Kind<R> kind;
    private final Declared<R> declared;
    private boolean inDoubt;
    private boolean partlyMade;

    /** What the first try was to change: it may be made in part, or whole. */
    private Optional<Change<R>> begun = Optional.empty();

    HalfDone(Kind<R> kind, Declared<R> declared) {
        this.kind = kind;
        this.declared = declared;
    }

    /** Whether the next run has to recover the resource. */
    boolean isInDoubt() {
        return inDoubt;
    }

    /** What an earlier run has left in the middle stays so: this one may not write. */
    void leave() {
        inDoubt = true;
    }

    /** Puts right what was left in the middle, where the type can. */
    void recover(Host host) throws IOException, InterruptedException {
        inDoubt = kind.provider() instanceof Recovers<R>;
        if (kind.provider() instanceof Recovers<R> recovers) {
            recovers.recover(declared.desired(), host);
            inDoubt = false;
        }
    }

    /** A change that has failed may have been made in part. */
    void failed(Change<R> change) {
        inDoubt |= kind.provider() instanceof Recovers<?>;
        begun = begun.or(() -> Optional.of(change));
    }

    /** Whether a change that has failed leaves a refresh to be made by those that it notifies. */
    boolean isPartlyMade() {
        return partlyMade;
    }

    void setPartlyMade() {
        partlyMade = true;
    }

    /** Whether a try before this one was to change something. */
    boolean isBegun() {
        return begun.isPresent();
    }

    /** What all tries have changed: the whole of it where one has failed, else what the only one has. */
    Optional<Change<R>> whole(Optional<Change<R>> last) {
        return begun.isPresent() ? Optional.of(TriedChange.whole(begun.get(), last)) : last;
    }
}
