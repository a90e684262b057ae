package dev.converge.notice;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Text;
import dev.converge.provider.Announces;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import java.util.List;
import java.util.Optional;

/** Says its message; the host is always in sync with it. */
public final class NoticeProvider
        implements Provider<NoticeResource>, Announces<NoticeResource>, FirstBoot<NoticeResource> {
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

    @Override
    public List<Step> steps(Declared<NoticeResource> declared, Scene scene) {
        return List.of(new Step.Say(message(declared.desired())));
    }
}
