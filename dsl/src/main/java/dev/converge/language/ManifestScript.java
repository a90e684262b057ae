package dev.converge.language;

import dev.converge.facts.Facts;
import java.util.Map;

/** What every manifest extends: the words of the language that are not resource types. */
public abstract class ManifestScript implements Declaring {
    private Evaluation evaluation;

    /** The top-level statements; compiled code has them. */
    public abstract Object run();

    final void enter(Evaluation newEvaluation) {
        evaluation = newEvaluation;
    }

    @Override
    public final Evaluation evaluation() {
        return evaluation;
    }

    @Override
    public final Facts getFacts() {
        return evaluation.facts();
    }

    @Override
    public final CharSequence template(Map<String, ?> variables, CharSequence name) {
        return evaluation.templates().render(name.toString(), variables, evaluation);
    }

    @Override
    public final SecretToken secret(CharSequence value) {
        return evaluation.vault().keep(value.toString());
    }

    /** Called by compiled code; not for manifests. */
    public final void at(int file, int line, int column, int endColumn) {
        evaluation.at(file, line, column, endColumn);
    }

    /** Called by compiled code for {@code policy.images { … }}; not for manifests. */
    public final void declare(PolicyBody policy) {
        evaluation.policies().set(policy);
    }

    /** The same in each run. */
    @Override
    public final String toString() {
        return "manifest";
    }
}
