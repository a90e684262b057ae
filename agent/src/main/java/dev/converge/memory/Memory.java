package dev.converge.memory;

import dev.converge.converger.LastApplied;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import dev.converge.report.Causes;
import dev.converge.report.IoReason;
import dev.converge.report.Report;
import dev.converge.report.RunKind;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import dev.converge.state.Damage;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what was applied last, for one run of one site: says of each change who moved, of what is declared no
 * longer that it is, and of what is changed in every run that it never settles.
 *
 * <p>It is loaded when something is to be changed or when the site is another one than last time. A run in which all is
 * in sync and the site is as it was reads a few bytes and writes none.
 */
public final class Memory implements LastApplied {
    private final MemoryFiles files;
    private final SiteIdentity site;
    private final TypeRegistry types;
    private final List<Diagnostic> warnings = new ArrayList<>();
    private final Map<ResourceId, Map<String, String>> prints = new HashMap<>();
    private Loaded loaded;

    public Memory(StateDirectory state, SiteIdentity site, TypeRegistry types) {
        this.files = new MemoryFiles(state.applied(), site.name());
        this.site = site;
        this.types = types;
    }

    /**
     * What was read.
     *
     * @param fingerprint by the key of the host; a key that is kept nowhere yet when the host has none
     * @param last what was applied last; empty when nothing is known, which is another thing than nothing being applied
     * @param current whether all fingerprints in it are those of the site as it is now
     */
    private record Loaded(Fingerprint fingerprint, Optional<SiteMemory> last, boolean current) {}

    @Override
    public synchronized Optional<Causes> causesOf(Change<?> change) {
        return causes(change);
    }

    private <R extends Resource> Optional<Causes> causes(Change<R> change) {
        Loaded known = loaded();
        if (known.last().isEmpty()) {
            return Optional.empty();
        }
        TypeSchema<R> schema = types.get(change.id().type());
        Optional<Applied> last =
                Optional.ofNullable(known.last().get().applied().get(change.id()));
        return Optional.of(Comparison.of(change, schema, last, prints(change.declared())));
    }

    /** The fingerprints of what is declared. */
    private <R extends Resource> Map<String, String> prints(Declared<R> declared) {
        Map<String, String> known = prints.get(declared.id());
        if (known == null) {
            known = loaded().fingerprint().of(types.<R>get(declared.id().type()), declared);
            prints.put(declared.id(), known);
        }
        return known;
    }

    /** Takes note of what a live run has come to; returns its report, with what only memory can tell. */
    public synchronized Report settle(Report report, Catalog catalog) {
        boolean quiet = report.counts().inSync() == report.counts().total() && loaded == null;
        if (quiet && files.mark().equals(site.mark())) {
            return report;
        }
        Loaded known = loaded();
        SiteMemory last = known.last()
                .orElseGet(() -> SiteMemory.empty(known.fingerprint().ofKey(), site.name()));
        Settlement settled = new Settlement(last, types, site, known.current());
        SiteMemory next = settled.next(report, catalog, this::prints);
        if (report.kind() == RunKind.LIVE) {
            write(last, next, settled.isWhole());
            warnings.addAll(Unrest.of(settled.restless(report)));
        }
        return report.with(warnings).leaving(settled.newlyGone());
    }

    private void write(SiteMemory last, SiteMemory next, boolean whole) {
        String mark = whole ? site.mark() : "";
        try {
            if (!next.equals(last)) {
                files.write(next, mark);
            } else if (!files.mark().equals(mark)) {
                files.writeMark(mark);
            }
        } catch (IOException e) {
            warnings.add(warning("What was applied was not kept", IoReason.of(e).sentence())
                    .suggest("The next runs cannot tell whose changes theirs are."));
        }
    }

    private Loaded loaded() {
        if (loaded == null) {
            loaded = load();
        }
        return loaded;
    }

    private Loaded load() {
        try {
            Optional<byte[]> key = files.key();
            if (key.isEmpty()) {
                Fingerprint fresh = new Fingerprint(site.live() ? files.makeKey() : new byte[0]);
                return new Loaded(fresh, Optional.of(SiteMemory.empty(fresh.ofKey(), site.name())), false);
            }
            Fingerprint fingerprint = new Fingerprint(key.get());
            return new Loaded(fingerprint, read(fingerprint), files.mark().equals(site.mark()));
        } catch (IOException e) {
            // A dry run of somebody who may not look into the state does not know, and need not.
            if (site.live()) {
                warnings.add(warning(
                        "What was applied last is not known", IoReason.of(e).sentence()));
            }
            return new Loaded(new Fingerprint(new byte[0]), Optional.empty(), false);
        }
    }

    private Optional<SiteMemory> read(Fingerprint fingerprint) throws IOException {
        try {
            return files.read(fingerprint.ofKey())
                    .or(() -> Optional.of(SiteMemory.empty(fingerprint.ofKey(), site.name())));
        } catch (MemoryFiles.DamagedException e) {
            if (site.live()) {
                warnings.add(Damage.setAside(files.text(), "is not as a run has written it"));
            }
            warnings.add(warning(
                    "What was applied last is not known",
                    "This run cannot tell whose changes its changes are; the next one can."));
            return Optional.empty();
        }
    }

    private static Diagnostic warning(String summary, String detail) {
        return Diagnostic.warning(Code.STATE, summary, detail);
    }
}
