package dev.converge.notice;

import dev.converge.model.Text;
import dev.converge.provider.Announces;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import java.util.Optional;

/** Says its message; the host is always in sync with it. */
public final class NoticeProvider implements Provider<NoticeResource>, Announces<NoticeResource> {
    @Override
    public Optional<NoticeResource> observe(NoticeResource desired, Host host) {
        return Optional.of(desired);
    }

    @Override
    public void apply(Change<NoticeResource> change, Host host) {
        throw new IllegalStateException("a notice is never changed");
    }

    @Override
    public Text message(NoticeResource desired) {
        return desired.message().orElseGet(() -> Text.of(desired.name()));
    }
}
