package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Declared;
import dev.converge.schema.CatalogPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The policies that a site has set, each once. */
final class Policies {
    private record Placed(CatalogPolicy policy, SourceRange at) {}

    private final Evaluation evaluation;
    private final Map<String, SourceRange> places = new LinkedHashMap<>();
    private final List<Placed> policies = new ArrayList<>();

    Policies(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    void set(PolicyBody body) {
        SourceRange first = places.putIfAbsent(body.name(), body.at());
        if (first != null) {
            evaluation.report(Diagnostic.error(
                            Code.POLICY, "Policy set twice", body.name() + " is set already, for the whole site.")
                    .at(body.at())
                    .suggest("Put what it says into one place.")
                    .related(Related.at("first set here", first)));
            return;
        }
        body.build().ifPresent(policy -> policies.add(new Placed(policy, body.at())));
    }

    /** Reports what breaks them. */
    void judge(List<Declared<?>> declared) {
        for (Placed placed : policies) {
            Related here = Related.at("the policy is set here", placed.at());
            placed.policy().judge(declared).forEach(broken -> evaluation.report(broken.related(here)));
        }
    }
}
