package dev.converge.widget;

import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import java.util.Optional;

/** Never runs: dials are compiled, not converged. */
public final class DialProvider implements Provider<DialResource> {
    @Override
    public Optional<DialResource> observe(DialResource desired, Host host) {
        return Optional.of(desired);
    }

    @Override
    public void apply(Change<DialResource> change, Host host) {
        throw new IllegalStateException("a dial is never changed");
    }
}
