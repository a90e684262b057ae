package dev.converge.ssh;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Edits;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Keeps single keys in the files that sshd(8) reads. */
public final class AuthorizedKeyProvider
        implements Edits<AuthorizedKeyResource>,
                Inspects<AuthorizedKeyResource>,
                FirstBoot<AuthorizedKeyResource>,
                Watchable<AuthorizedKeyResource> {
    @Override
    public List<WatchPoint> watched(AuthorizedKeyResource desired, Host host) throws IOException, InterruptedException {
        return UserKeys.watched(desired.name().user(), host);
    }

    @Override
    public Optional<AuthorizedKeyResource> observe(AuthorizedKeyResource desired, Host host)
            throws IOException, InterruptedException {
        Optional<UserKeys> opened = UserKeys.open(desired.name().user(), host);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (UserKeys keys = opened.get()) {
            return keys.text().flatMap(text -> new AuthorizedKeysText(text, desired).state());
        }
    }

    @Override
    public void check(Change<AuthorizedKeyResource> change, Host host) throws IOException, InterruptedException {
        UserKeys.require(change.desired().name().user(), host);
    }

    @Override
    public List<FileEdit> edits(Change<AuthorizedKeyResource> change, Host host)
            throws IOException, InterruptedException {
        Optional<UserKeys> opened = UserKeys.open(change.desired().name().user(), host);
        if (opened.isEmpty()) {
            return List.of();
        }
        try (UserKeys keys = opened.get()) {
            Optional<String> text = keys.text();
            Content after = Content.of(edited(change, text.orElse("")));
            return List.of(new FileEdit(keys.path(), text.map(Content::of), Optional.of(after)));
        }
    }

    private static String edited(Change<AuthorizedKeyResource> change, String text) {
        AuthorizedKeysText keys = new AuthorizedKeysText(text, change.desired());
        return change.action() == Action.DELETE ? keys.without() : keys.with();
    }

    @Override
    public void apply(Change<AuthorizedKeyResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        synchronized (UserKeys.TURN) {
            try (UserKeys keys =
                    UserKeys.open(change.desired().name().user(), host).orElseThrow()) {
                String text = keys.text().orElse("");
                keys.keep(host);
                keys.write(edited(change, text));
            }
        }
    }

    /** None: a key is looked for by its user. */
    @Override
    public List<String> names(Host host) {
        return List.of();
    }

    @Override
    public Optional<AuthorizedKeyResource> inspect(String name, Host host) throws IOException, InterruptedException {
        return observe(
                new AuthorizedKeyResource(
                        KeyName.parse(name), Optional.empty(), Optional.empty(), Optional.empty(), "none"),
                host);
    }

    @Override
    public List<Step> steps(Declared<AuthorizedKeyResource> declared, Scene scene) {
        return KeysFirstBoot.steps(declared);
    }
}
