package dev.converge.converger;

import dev.converge.model.Resource;
import dev.converge.model.Text;
import dev.converge.provider.Announces;
import dev.converge.provider.BatchProvider;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import dev.converge.report.Outcome;
import dev.converge.schema.TypeSchema;
import java.io.IOException;
import java.util.Optional;

/** One resource type in one run: its schema, and the provider that all its resources share. */
final class Kind<R extends Resource> {
    private static final Outcome.InSync IN_SYNC = new Outcome.InSync(Optional.empty());

    private final TypeSchema<R> schema;
    private final Provider<R> provider;
    private final Guard guard;

    Kind(TypeSchema<R> schema, Guard guard) {
        this.schema = schema;
        this.guard = guard;
        this.provider = schema.newProvider();
    }

    TypeSchema<R> schema() {
        return schema;
    }

    /** Fails when a change could not, or may not, be made. */
    void check(Change<R> change, Host host) throws IOException, InterruptedException {
        guard.check(change);
        provider.check(change, host);
    }

    Provider<R> provider() {
        return provider;
    }

    /** The same provider, when it changes its resources together. */
    Optional<BatchProvider<R>> batch() {
        return provider instanceof BatchProvider<R> together ? Optional.of(together) : Optional.empty();
    }

    Outcome inSync(R desired) {
        if (provider instanceof Announces<?>) {
            @SuppressWarnings("unchecked")
            Text message = ((Announces<R>) provider).message(desired);
            return new Outcome.InSync(Optional.of(message));
        }
        return IN_SYNC;
    }
}
