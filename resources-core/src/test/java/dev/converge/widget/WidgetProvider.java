package dev.converge.widget;

import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import java.util.Optional;

/** Never runs: widgets are compiled, not converged. */
public final class WidgetProvider implements Provider<WidgetResource> {
    @Override
    public Optional<WidgetResource> observe(WidgetResource desired, Host host) {
        return Optional.of(desired);
    }

    @Override
    public void apply(Change<WidgetResource> change, Host host) {
        throw new IllegalStateException("a widget is never changed");
    }
}
