package dev.converge.widget;

import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import java.util.Optional;

/** Never runs: knobs are compiled, not converged. */
public final class KnobProvider implements Provider<KnobResource> {
    @Override
    public Optional<KnobResource> observe(KnobResource desired, Host host) {
        return Optional.of(desired);
    }

    @Override
    public void apply(Change<KnobResource> change, Host host) {
        throw new IllegalStateException("a knob is never changed");
    }
}
