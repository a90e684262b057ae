package dev.converge.plan;

import dev.converge.converger.Approval;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.report.Origin;
import dev.converge.report.Report;
import dev.converge.schema.TypeRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A plan that was made on this host and not altered since: says whether it still holds, and what it lets a run do. */
public final class ReviewedPlan {
    private static final String ADVICE = "Make a new plan, and have it reviewed.";
    private static final int COMMIT_LETTERS = 12;

    private final PlanDocument document;
    private final Fingerprint prints;
    private final TypeRegistry types;

    ReviewedPlan(PlanDocument document, Fingerprint prints, TypeRegistry types) {
        this.document = document;
        this.prints = prints;
        this.types = types;
    }

    /** The manifest, or the folder with the site. */
    public Path site() {
        return document.basis().site();
    }

    /** What the run is limited to. */
    public Set<String> tags() {
        return document.basis().tags();
    }

    /** Why the plan is not one of this catalog: empty when the site and the facts give what they gave then. */
    public List<Diagnostic> mismatches(Catalog catalog, Map<String, Object> facts, Origin origin) {
        List<String> reasons = new ArrayList<>(movedFacts(facts));
        if (!prints.catalog(catalog).equals(document.catalog())) {
            reasons.add(otherCatalog(catalog, origin));
        }
        return reasons.stream()
                .map(why -> Diagnostic.error(Code.PLAN, "Plan refused", why).suggest(ADVICE))
                .toList();
    }

    private List<String> movedFacts(Map<String, Object> facts) {
        Set<String> names = new TreeSet<>(document.basis().facts().keySet());
        names.addAll(facts.keySet());
        List<String> moved = new ArrayList<>();
        for (String name : names) {
            Optional<Object> was = Optional.ofNullable(document.basis().facts().get(name));
            Optional<Object> is = Optional.ofNullable(facts.get(name));
            if (!PlanDocument.same(was, is)) {
                moved.add("The fact " + name + " was " + shown(was) + ", and is " + shown(is) + ".");
            }
        }
        return moved;
    }

    private static String shown(Optional<Object> fact) {
        return fact.map(value -> "\"" + value + "\"").orElse("not read");
    }

    private String otherCatalog(Catalog catalog, Origin origin) {
        Map<String, Declared<?>> now = new HashMap<>();
        catalog.resources().forEach(declared -> now.put(declared.id().toString(), declared));
        List<String> others = new ArrayList<>();
        for (PlannedChange change : document.forecast().changes()) {
            Declared<?> declared = now.get(change.id());
            if (declared == null) {
                others.add(change.id() + " is not declared any more");
            } else if (change.digests()
                    .desired()
                    .filter(was -> !was.equals(prints.desired(declared)))
                    .isPresent()) {
                others.add(change.id() + " is declared otherwise");
            }
        }
        if (others.isEmpty()) {
            others.add("what differs is declared beside the resources of the plan");
        }
        return "The site declares something else than it did" + commits(origin) + ": " + String.join("; ", others)
                + ".";
    }

    private String commits(Origin now) {
        Origin then = document.basis().origin();
        if (then.commit().isEmpty() || now.commit().isEmpty()) {
            return "";
        }
        return " (the commit was " + shown(then) + ", and is " + shown(now) + ")";
    }

    private static String shown(Origin origin) {
        String commit = origin.commit().orElseThrow();
        return commit.substring(0, Math.min(COMMIT_LETTERS, commit.length()))
                + (origin.modified().orElse(false) ? " with changes" : "");
    }

    /** How the host has moved since, resource by resource; empty when a run would do exactly what was planned. */
    public List<Diagnostic> moves(Report dryRun, Catalog catalog) {
        return Divergence.of(document.forecast(), Forecast.of(dryRun, catalog, types, prints), catalog);
    }

    /** What a run may do. */
    public Approval approval() {
        return new ApprovedChanges(document.forecast(), prints);
    }
}
